import type { z } from 'zod';
import type { Store } from '../../ports/store.ts';

/**
 * One kind of small state: where it stands in the store, what it may look like, and what holds where nothing was stored yet.
 * `Scope` says whose it is: mostly a repository's name.
 */
export interface StateEntry<Scope, T> {
  readonly key: (scope: Scope) => string;
  /** Reads today's shape, and brings older ones to it. */
  readonly schema: z.ZodType<T>;
  readonly default: T;
}

/** One kind of binary state. A value of another version counts as none. */
export interface BlobEntry<Scope> {
  readonly key: (scope: Scope) => string;
  readonly version: (scope: Scope) => string;
}

/** @throws Error in one line where the value is neither of today's shape nor of an older one */
export async function readState<Scope, T>(
  store: Pick<Store, 'get'>,
  entry: StateEntry<Scope, T>,
  scope: Scope,
): Promise<T> {
  const stored = await store.get(entry.key(scope));
  if (stored === null) return entry.default;
  const result = entry.schema.safeParse(stored);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = first?.path.join('.') || 'its root';
  throw new Error(
    `the stored state "${entry.key(scope)}" is damaged at ${place}: ${first?.message} (expected what this Signpost, or an earlier one, wrote)`,
  );
}

export function writeState<Scope, T>(
  store: Pick<Store, 'put'>,
  entry: StateEntry<Scope, T>,
  scope: Scope,
  value: NoInfer<T>,
): Promise<void> {
  return store.put(entry.key(scope), value);
}

/** As `writeState`, but a power cut may take it back: for what the next triage would write again. */
export function writeStateSoon<Scope, T>(
  store: Pick<Store, 'putSoon'>,
  entry: StateEntry<Scope, T>,
  scope: Scope,
  value: NoInfer<T>,
): Promise<void> {
  return store.putSoon(entry.key(scope), value);
}

export function readBlob<Scope>(
  store: Pick<Store, 'blob'>,
  entry: BlobEntry<Scope>,
  scope: Scope,
): Promise<Uint8Array | null> {
  return store.blob(entry.key(scope), entry.version(scope));
}

export function writeBlob<Scope>(
  store: Pick<Store, 'putBlob'>,
  entry: BlobEntry<Scope>,
  scope: Scope,
  bytes: Uint8Array,
): Promise<void> {
  return store.putBlob(entry.key(scope), entry.version(scope), bytes);
}

/** Frees the place; reading it gives null from then on. */
export function clearBlob<Scope>(
  store: Pick<Store, 'putBlob'>,
  entry: BlobEntry<Scope>,
  scope: Scope,
): Promise<void> {
  return store.putBlob(entry.key(scope), 'cleared', new Uint8Array());
}
