import { applyLink, createClusters, type LinkEvent, remove } from '../duplicates/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Report } from '../model/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { addIssue, loadHistory, type RepositoryHistory, saveHistory } from './history.ts';
import { createOpenHistories, type OpenHistory } from './open-histories.ts';
import { type Changes, openHistory } from './open-history.ts';
import { readState, writeState } from './state/entry.ts';
import { duplicateMarks, type SavedHistory, savedHistory } from './state/history-state.ts';

export interface HistoryCache {
  /**
   * In memory, else from the store, with what GitHub has seen since it was saved; empty for a repository that was never
   * synced. Another process's newer save counts for more than what this one remembers. As long as anybody uses what this
   * returned, it returns the same.
   */
  of(repository: string, github: Changes): Promise<RepositoryHistory>;
  /** What a sync knows so far stands in for what was known. */
  replace(repository: string, history: RepositoryHistory): void;
  /** Writes what was read from `at` (epoch ms) on; whatever changed since is read from GitHub when it is next asked for. */
  put(repository: string, history: RepositoryHistory, at: number): Promise<void>;
  /** One issue joins it, without the credentials that it may hold; `clean`: it was read already, and holds none. */
  addIssue(issue: Issue, history: RepositoryHistory, clean?: Report | null): Promise<void>;
  /** A duplicate mark, its end, or a reopening. */
  follow(repository: string, history: RepositoryHistory, event: LinkEvent): Promise<void>;
  /** An issue leaves it, and the store, for good. */
  forget(repository: string, number: number): Promise<void>;
  /** Writes every history that is in memory and that no other process has taken over. */
  save(): Promise<void>;
  drop(repository: string): void;
}

/** So many new issues are written at once, and not more often than so: what a crash loses is read from GitHub again. */
const saveEvery = { issues: 500, ms: 600_000 };
/**
 * Indexed issues in memory at a time: some 300 MB, at 3 kB each, beside the 200 MB of a process that has nothing to do.
 * A larger history is in memory as long as nobody asks for another.
 */
const defaultRoom = 100_000;

/**
 * The histories of the repositories that this process works for. Where they do not all have room, the least recently used
 * leave memory, each once it is saved.
 *
 * @param room issues; a small history counts as thirty
 */
export function createHistoryCache(store: Store, clock: Clock, room = defaultRoom): HistoryCache {
  const open = createOpenHistories();
  const saving = new Map<string, Promise<void>>();

  const write = async (
    repository: string,
    history: RepositoryHistory,
    saved: SavedHistory,
  ): Promise<void> => {
    await saveHistory(store, repository, history);
    await writeState(store, savedHistory, repository, saved);
  };
  const saveOne = async (repository: string, entry: OpenHistory): Promise<void> => {
    const history = await entry.history.catch(() => null);
    // It could not be opened: there is nothing to save, and who asked for it was told.
    if (history === null) return;
    const { generation } = await readState(store, savedHistory, repository);
    if (generation !== entry.generation) open.delete(repository, entry);
    // Another process, or a sync, has taken over.
    if (open.peek(repository) !== entry) return;
    const at = clock.now();
    const { revision } = entry;
    entry.generation = generation + 1;
    entry.unsaved = 0;
    entry.savedAt = at;
    try {
      await write(repository, history, { generation: entry.generation, at });
      entry.savedRevision = revision;
    } catch (error) {
      entry.generation = generation;
      throw error;
    }
  };
  const save = (repository: string): Promise<void> => {
    const running = saving.get(repository);
    const entry = open.peek(repository);
    if (running !== undefined || entry === undefined) return running ?? Promise.resolve();
    const work = saveOne(repository, entry).finally(() => saving.delete(repository));
    saving.set(repository, work);
    return work;
  };

  return {
    async of(repository, github) {
      await saving.get(repository);
      const saved = await readState(store, savedHistory, repository);
      const before = open.peek(repository);
      const known = open.get(repository);
      if (known !== undefined && known.generation >= saved.generation) {
        if (known !== before) await open.makeRoom(room, save);
        return known.history;
      }
      const generation = saved.generation + 1;
      // Begins once the entry below stands there, which counts by then.
      const opening = Promise.resolve().then(async () => {
        await open.makeRoom(room, save);
        return openHistory(store, clock, repository, { ...saved, generation }, github);
      });
      return open.add(repository, generation, clock.now(), opening).history;
    },
    replace(repository, history) {
      const { generation = 0 } = open.get(repository) ?? {};
      open.add(repository, generation, clock.now(), Promise.resolve({ history, changed: true }));
    },
    async put(repository, history, at) {
      await saving.get(repository);
      const { generation } = await readState(store, savedHistory, repository);
      await write(repository, history, { generation: generation + 1, at });
      open.delete(repository);
    },
    async addIssue(issue, history, clean) {
      await addIssue(issue, history, clean);
      const before = open.peek(issue.repository);
      const entry = open.get(issue.repository);
      if (entry === undefined) return;
      entry.revision += 1;
      entry.unsaved += 1;
      if (entry.unsaved >= saveEvery.issues && clock.now() - entry.savedAt >= saveEvery.ms)
        await save(issue.repository);
      if (entry !== before) await open.makeRoom(room, save);
    },
    async follow(repository, history, event) {
      history.links.push(event);
      applyLink(history.clusters, event);
      await writeState(store, duplicateMarks, repository, history.links);
    },
    async forget(repository, number) {
      await saving.get(repository);
      const saved = await readState(store, savedHistory, repository);
      const entry = open.get(repository);
      const ours = entry?.generation === saved.generation ? entry : null;
      const history = await (ours?.history ?? loadHistory(store, repository));
      if (!remove(history.index, number)) return;
      history.links = history.links.filter(
        (link) => link.number !== number && !('of' in link && link.of === number),
      );
      history.clusters = createClusters(history.links);
      await write(repository, history, saved);
    },
    async save() {
      for (const repository of open.repositories()) await save(repository);
    },
    drop: (repository) => open.delete(repository),
  };
}
