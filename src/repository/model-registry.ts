import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type DuplicateModel, identityOf, readModel, writeModel } from '../duplicates/index.ts';
import { type Adjustments, adjustmentsVersion, modelKey, readAdjustments } from '../match/index.ts';
import type { Config } from '../model/config.ts';
import type { Signature } from '../model/signature.ts';
import type { Store } from '../ports/store.ts';
import { type BlobEntry, clearBlob, readBlob, readState, writeBlob, writeState } from './state/entry.ts';
import {
  type ModelKind,
  type ModelRegistry,
  type ModelVersion,
  modelRegistry,
} from './state/model-registry-state.ts';

type RegistryStore = Pick<Store, 'get' | 'put' | 'blob' | 'putBlob' | 'record'>;

const versionsKept = 40;
const contentsKept = 6;
const formats: Readonly<Record<ModelKind, string>> = {
  signatures: adjustmentsVersion,
  links: 'links 1',
  bars: 'bars 1',
};

/** Where the content of a version stands. */
interface ContentScope {
  readonly repository: string;
  readonly kind: ModelKind;
  readonly version: number;
}

const modelContent: BlobEntry<ContentScope> = {
  key: ({ kind, repository, version }) => `model:${repository}:${kind}:${version}`,
  version: ({ kind }) => formats[kind],
};

export function readRegistry(store: Pick<Store, 'get'>, repository: string): Promise<ModelRegistry> {
  return readState(store, modelRegistry, repository);
}

export function saveRegistry(
  store: Pick<Store, 'put'>,
  repository: string,
  registry: ModelRegistry,
): Promise<void> {
  const { active, versions } = registry;
  const kept = versions.filter(
    ({ kind, version }, at) => at >= versions.length - versionsKept || active[kind] === version,
  );
  return writeState(store, modelRegistry, repository, { ...registry, versions: kept });
}

/** Activates a model: its content first, then the ledger, then the switch; a crash between leaves the old one. */
export async function activate(
  store: RegistryStore,
  repository: string,
  registry: ModelRegistry,
  {
    cause,
    content,
    ...model
  }: Omit<ModelVersion, 'state' | 'version'> & {
    readonly content: string;
    readonly cause: string;
    readonly mode: Config['mode'];
  },
): Promise<ModelRegistry> {
  const { at, kind, line, mode } = model;
  const version =
    1 + Math.max(0, ...registry.versions.filter((one) => one.kind === kind).map((one) => one.version));
  await writeBlob(store, modelContent, { repository, kind, version }, new TextEncoder().encode(content));
  await record(store, repository, { at, cause, mode, line: `${kind} version ${version}: ${line}` });
  const next: ModelRegistry = {
    ...registry,
    versions: [...registry.versions, { kind, version, at, line, state: 'activated' }],
    active: { ...registry.active, [kind]: version },
  };
  await saveRegistry(store, repository, next);
  // Nobody goes back further than that.
  const old = version - contentsKept;
  if (old > 0) await clearBlob(store, modelContent, { repository, kind, version: old });
  return next;
}

/**
 * Goes back to the version that was active before; what taught the one that is rolled back does not teach again. Null where
 * there is nothing to go back from.
 * @param kind default: the kind that was activated last
 */
export async function rollBack(
  store: RegistryStore,
  repository: string,
  kind: ModelKind | null,
  at: number,
): Promise<{ readonly kind: ModelKind; readonly from: number; readonly to: number } | null> {
  const registry = await readRegistry(store, repository);
  const current = registry.versions.findLast(
    (one) =>
      one.state === 'activated' &&
      registry.active[one.kind] === one.version &&
      (kind ?? one.kind) === one.kind,
  );
  if (current === undefined) return null;
  const before = registry.versions.findLast(
    (one) => one.kind === current.kind && one.state === 'activated' && one.version < current.version,
  );
  const [from, to] = [current.version, before?.version ?? 0];
  const line = `${current.kind} version ${from} was rolled back to ${to === 0 ? 'what there was at first' : `version ${to}`}`;
  await record(store, repository, { at, cause: 'models rollback', mode: 'advise', line });
  await saveRegistry(store, repository, {
    ...registry,
    versions: registry.versions.map((one) => (one === current ? { ...one, state: 'rolled back' } : one)),
    active: { ...registry.active, [current.kind]: to },
    since: { ...registry.since, [current.kind]: at },
  });
  return { kind: current.kind, from, to };
}

function record(
  store: Pick<Store, 'record'>,
  repository: string,
  { at, cause, line, mode }: { at: number; cause: string; mode: Config['mode']; line: string },
): Promise<number> {
  const plan = { actions: [], withheld: [], learned: [line] };
  return store.record({ at, repository, number: null, cause, mode, findings: [], plan, calls: [] });
}

/** The models that are active in one repository. */
export interface ActiveModels {
  readonly adjustments: Adjustments;
  /** By `signature:<id>`, and `duplicate`. */
  readonly thresholds: ReadonlyMap<string, number>;
  /** Null: nothing was learned beyond the repository's past. */
  readonly links: DuplicateModel | null;
}

/** What a repository's people have taught, by pages and past as they are now: what stood on others has lapsed. */
export interface ModelCache {
  of(
    repository: string,
    registry: ModelRegistry,
    signatures: ReadonlyMap<string, Signature>,
    history: DuplicateModel,
  ): Promise<ActiveModels>;
}

/** Contents in memory: three kinds of a hundred repositories. Any other is read from the store again. */
const mostContents = 300;

/**
 * Contents are kept; the registry, which says what counts, is read anew for each use: another process may have
 * rolled one back.
 */
export function createModelCache(store: Pick<Store, 'blob'>): ModelCache {
  const cache = new LRUCache<string, { readonly text: string | null }>({ max: mostContents });
  const text = async (
    repository: string,
    kind: ModelKind,
    { active, versions }: ModelRegistry,
  ): Promise<string | null> => {
    const version = active[kind];
    const used = versions.find((one) => one.kind === kind && one.version === version);
    if (version === 0 || used === undefined) return null;
    const scope = { repository, kind, version };
    // A repository that was uninstalled begins at 1 again: the time tells its versions apart.
    const name = `${modelContent.key(scope)} ${used.at}`;
    const known = cache.get(name);
    if (known !== undefined) return known.text;
    const bytes = await readBlob(store, modelContent, scope);
    const read = bytes === null ? null : new TextDecoder().decode(bytes);
    cache.set(name, { text: read });
    return read;
  };
  return {
    async of(repository, registry, signatures, history) {
      const [adjustments, links, thresholds] = await Promise.all([
        text(repository, 'signatures', registry),
        text(repository, 'links', registry),
        text(repository, 'bars', registry),
      ]);
      return {
        adjustments: adjustments === null ? new Map() : readAdjustments(adjustments, signatures),
        thresholds: thresholds === null ? new Map() : readThresholds(thresholds, signatures),
        links: links === null ? null : readLinks(links, history),
      };
    },
  };
}

/** A bar counts while its page is what it was. */
export function writeThresholds(
  thresholds: ReadonlyMap<string, number>,
  signatures: ReadonlyMap<string, Signature>,
): string {
  const stored = [...thresholds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([page, threshold]) => [page, { bar: threshold, key: pageKey(page, signatures) }]);
  return JSON.stringify(Object.fromEntries(stored));
}

const storedThresholds = z.record(z.string(), z.object({ bar: z.number(), key: z.string().nullable() }));

function readThresholds(
  text: string,
  signatures: ReadonlyMap<string, Signature>,
): ReadonlyMap<string, number> {
  const stored = storedThresholds.parse(JSON.parse(text));
  return new Map(
    Object.entries(stored).flatMap(([page, { bar: threshold, key }]) =>
      key === pageKey(page, signatures) ? [[page, threshold]] : [],
    ),
  );
}

function pageKey(page: string, signatures: ReadonlyMap<string, Signature>): string | null {
  if (page === 'duplicate') return page;
  const signature = signatures.get(page.slice('signature:'.length));
  return signature === undefined ? null : modelKey([signature]);
}

/** A model of links stands on what the repository's past has taught: a new reading of the past ends it. */
export function writeLinks(model: DuplicateModel, history: DuplicateModel): string {
  return JSON.stringify({ past: fingerprint(history), model: writeModel(model) });
}

function readLinks(text: string, history: DuplicateModel): DuplicateModel | null {
  const stored = JSON.parse(text) as { readonly past: string; readonly model: unknown };
  return stored.past === fingerprint(history) ? readModel(stored.model) : null;
}

const fingerprints = new WeakMap<DuplicateModel, string>();

function fingerprint(model: DuplicateModel): string {
  const known = fingerprints.get(model);
  if (known !== undefined) return known;
  const made = createHash('sha256').update(identityOf(model)).digest('hex').slice(0, 16);
  fingerprints.set(model, made);
  return made;
}
