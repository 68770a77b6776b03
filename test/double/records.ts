import type { Fault } from './faults.ts';

/** One request that arrived. */
export interface CallRecord {
  /** Epoch milliseconds of the double's clock. */
  readonly at: number;
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  /** The template that it matched; null for none. */
  readonly route: string | null;
  /** 0 when the connection was cut before anything was done. */
  readonly status: number;
  readonly body: unknown;
  /** GitHub counts it as content-creating. */
  readonly creates: boolean;
  readonly faults: readonly Fault['kind'][];
}

/** How often each route was called: `{"GET /repos/{owner}/{repo}/issues/{issue_number}": 2}`. */
export function count(calls: readonly CallRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, route, path } of calls) {
    const name = `${method} ${route ?? path}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
