import type { Clock } from '../../src/ports/clock.ts';

/** What goes wrong, and where. */
export type Fault = {
  /** `path` is compared with the whole path when it is a text. */
  readonly match?: { readonly method?: string; readonly path?: string | RegExp };
  /** How many requests it befalls; without it, all. */
  readonly times?: number;
  /** The share of matching requests that it befalls, drawn with the double's seed. */
  readonly rate?: number;
} & (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Answered so many milliseconds of the clock later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection ends before anything is done. */
  | { readonly kind: 'cut' }
  /** Acts, then ends the connection. */
  | { readonly kind: 'cut-after' }
  /** A comment that is created appears in lists two seconds later. */
  | { readonly kind: 'stale' }
);

export interface Faults {
  /** Returns what takes the fault away. */
  add(fault: Fault): () => void;
  /** The faults that befall this request. */
  of(method: string, path: string): readonly Fault[];
  clear(): void;
}

export function createFaults(random: () => number): Faults {
  const active = new Map<Fault, number>();
  const matches = ({ match }: Fault, method: string, path: string): boolean => {
    if (match?.method !== undefined && match.method !== method) return false;
    if (match?.path === undefined) return true;
    return typeof match.path === 'string' ? match.path === path : match.path.test(path);
  };
  return {
    add(fault) {
      active.set(fault, fault.times ?? Number.POSITIVE_INFINITY);
      return () => active.delete(fault);
    },
    of(method, path) {
      const befallen: Fault[] = [];
      for (const [fault, left] of active) {
        if (!matches(fault, method, path) || (fault.rate !== undefined && random() >= fault.rate)) continue;
        befallen.push(fault);
        if (left <= 1) active.delete(fault);
        else active.set(fault, left - 1);
      }
      return befallen;
    },
    clear: () => active.clear(),
  };
}

/** Waits out what is slow. */
export async function endure(clock: Clock, faults: readonly Fault[]): Promise<void> {
  for (const fault of faults) if (fault.kind === 'slow') await clock.sleep(fault.ms);
}
