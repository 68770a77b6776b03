import { applyLink, createClusters, type LinkEvent, remove } from '../duplicates/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Report } from '../model/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import { addIssue, loadHistory, type RepositoryHistory, saveHistory } from './history.ts';
import { readState, writeState } from './state/entry.ts';
import { duplicateMarks, type SavedHistory, savedHistory } from './state/history-state.ts';

export interface HistoryCache {
  /**
   * In memory, else from the store, with what GitHub has seen since it was saved; empty for a repository that was never
   * synced. Another process's newer save counts for more than what this one remembers.
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
  /** Writes every past that is in memory and that no other process has taken over. */
  save(): Promise<void>;
  drop(repository: string): void;
}

type Changes = Pick<GitHub, 'issuesSince'>;

interface Held {
  generation: number;
  readonly history: Promise<RepositoryHistory>;
  /** Issues that joined since the last save, and when that was. */
  unsaved: number;
  savedAt: number;
}

/** So many new issues are written at once, and not more often than so: what a crash loses is read from GitHub again. */
const saveEvery = { issues: 500, ms: 600_000 };
/** GitHub's lists are a moment late. */
const overlap = 60_000;

/** The pasts of the repositories that this process works for. */
export function createHistoryCache(store: Store, clock: Clock): HistoryCache {
  const held = new Map<string, Held>();
  const saving = new Map<string, Promise<void>>();

  const hold = (
    repository: string,
    generation: number,
    history: Promise<RepositoryHistory>,
  ): Promise<RepositoryHistory> => {
    const entry = { generation, history, unsaved: 0, savedAt: clock.now() };
    held.set(repository, entry);
    history.catch(() => held.get(repository) === entry && held.delete(repository));
    return history;
  };
  const write = async (
    repository: string,
    history: RepositoryHistory,
    saved: SavedHistory,
  ): Promise<void> => {
    await saveHistory(store, repository, history);
    await writeState(store, savedHistory, repository, saved);
  };
  const saveOne = async (repository: string, entry: Held): Promise<void> => {
    const history = await entry.history;
    const { generation } = await readState(store, savedHistory, repository);
    if (generation !== entry.generation) {
      held.delete(repository);
      return;
    }
    const at = clock.now();
    entry.generation = generation + 1;
    entry.unsaved = 0;
    entry.savedAt = at;
    await write(repository, history, { generation: entry.generation, at });
  };
  const save = (repository: string): Promise<void> => {
    const entry = held.get(repository);
    const running = saving.get(repository);
    if (running !== undefined || entry === undefined) return running ?? Promise.resolve();
    const work = saveOne(repository, entry).finally(() => saving.delete(repository));
    saving.set(repository, work);
    return work;
  };

  return {
    async of(repository, github) {
      await saving.get(repository);
      const saved = await readState(store, savedHistory, repository);
      const known = held.get(repository);
      if (known !== undefined && known.generation >= saved.generation) return known.history;
      const generation = saved.generation + 1;
      return hold(repository, generation, open(store, clock, repository, { ...saved, generation }, github));
    },
    replace(repository, history) {
      const { generation = 0 } = held.get(repository) ?? {};
      void hold(repository, generation, Promise.resolve(history));
    },
    async put(repository, history, at) {
      await saving.get(repository);
      const { generation } = await readState(store, savedHistory, repository);
      await write(repository, history, { generation: generation + 1, at });
      held.delete(repository);
    },
    async addIssue(issue, history, clean) {
      await addIssue(issue, history, clean);
      const entry = held.get(issue.repository);
      if (entry === undefined) return;
      entry.unsaved += 1;
      if (entry.unsaved >= saveEvery.issues && clock.now() - entry.savedAt >= saveEvery.ms)
        await save(issue.repository);
    },
    async follow(repository, history, event) {
      history.links.push(event);
      applyLink(history.clusters, event);
      await writeState(store, duplicateMarks, repository, history.links);
    },
    async forget(repository, number) {
      await saving.get(repository);
      const saved = await readState(store, savedHistory, repository);
      const entry = held.get(repository);
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
      for (const repository of held.keys()) await save(repository);
    },
    drop: (repository) => void held.delete(repository),
  };
}

/** As it was saved, and what GitHub says has changed since. */
async function open(
  store: Store,
  clock: Clock,
  repository: string,
  saved: SavedHistory,
  github: Changes,
): Promise<RepositoryHistory> {
  await writeState(store, savedHistory, repository, saved);
  const history = await loadHistory(store, repository);
  if (saved.at === null) return history;
  for (const issue of await github.issuesSince(repository, saved.at - overlap)) {
    if (issue.author.bot) continue;
    await clock.yield();
    await addIssue(issue, history);
  }
  return history;
}
