import { decodeModel, encodeModel, type LabelModel, labelModelVersion } from '../classify/index.ts';
import { type Groups, noGroups } from '../digest/index.ts';
import {
  type Clusters,
  createClusters,
  createIndex,
  type DuplicateIndex,
  type DuplicateModel,
  type LinkEvent,
  readModel,
  restore,
  shippedModel,
  snapshot,
  snapshotVersion,
} from '../duplicates/index.ts';
import type { Store } from '../ports/store.ts';
import { groupsKey, readGroups } from './gather.ts';

/** What a repository's own past teaches: its issues, which of them are one problem, how its people label. */
export interface Past {
  index: DuplicateIndex;
  clusters: Clusters;
  /** Every mark, un-mark and reopening that made the clusters. */
  links: LinkEvent[];
  /** Of the repository's own duplicates, or the shipped one where they are too few. */
  duplicates: DuplicateModel;
  labels: LabelModel | null;
  /** Reports that no page knows, by what they share. */
  unknown: Groups;
}

export interface Pasts {
  /** In memory, else from the store; empty for a repository that was never synced. */
  of(repository: string): Promise<Past>;
  /** Takes the place of what was known: a sync has read more. */
  replace(repository: string, past: Past): void;
  /** Writes a repository's past, or every one that is in memory, to the store. */
  save(repository?: string): Promise<void>;
  drop(repository: string): void;
}

export function emptyPast(): Past {
  return {
    index: createIndex(),
    clusters: createClusters(),
    links: [],
    duplicates: shippedModel(),
    labels: null,
    unknown: noGroups,
  };
}

export function createPasts(store: Store): Pasts {
  const pasts = new Map<string, Promise<Past>>();
  return {
    of(repository) {
      const known = pasts.get(repository) ?? load(store, repository);
      pasts.set(repository, known);
      return known;
    },
    replace: (repository, past) => void pasts.set(repository, Promise.resolve(past)),
    async save(only) {
      for (const [repository, past] of pasts) {
        if (only === undefined || only === repository) await keep(store, repository, await past);
      }
    },
    drop: (repository) => void pasts.delete(repository),
  };
}

async function load(store: Store, repository: string): Promise<Past> {
  const [bytes, links, duplicates, labels, groups] = await Promise.all([
    store.blob(`index:${repository}`, snapshotVersion),
    store.get(`links:${repository}`),
    store.get(`duplicates:${repository}`),
    store.blob(`labels:${repository}`, labelModelVersion),
    store.get(groupsKey(repository)),
  ]);
  const events = Array.isArray(links) ? (links as LinkEvent[]) : [];
  return {
    index: (bytes === null ? null : restore(bytes)) ?? createIndex(),
    clusters: createClusters(events),
    links: events,
    duplicates: readModel(duplicates) ?? shippedModel(),
    labels: labels === null ? null : decodeModel(labels),
    unknown: readGroups(groups),
  };
}

async function keep(store: Store, repository: string, past: Past): Promise<void> {
  await store.putBlob(`index:${repository}`, snapshotVersion, snapshot(past.index));
  await store.put(`links:${repository}`, past.links);
  await store.put(`duplicates:${repository}`, past.duplicates);
  if (past.labels !== null)
    await store.putBlob(`labels:${repository}`, labelModelVersion, encodeModel(past.labels));
}
