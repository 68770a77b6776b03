import type { RepositoryHistory } from './history.ts';

/** A history in memory. */
export interface OpenHistory {
  readonly history: Promise<RepositoryHistory>;
  /** Of the stored history that this one continues. */
  generation: number;
  /** Grows with each change that is written with a save only. */
  revision: number;
  savedRevision: number;
  /** Issues that joined since the last save, and when that was. */
  unsaved: number;
  savedAt: number;
}

interface Entry extends OpenHistory {
  /** Null while it is being opened. */
  loaded: RepositoryHistory | null;
  /** Grows from use to use. */
  lastUse: number;
}

/** What is left of a history that had to make room: who still uses it keeps it alive. */
interface Departed extends Pick<OpenHistory, 'generation' | 'savedAt'> {
  readonly history: WeakRef<RepositoryHistory>;
}

/**
 * Histories by repository. `lru-cache` lets values go at once; these have to be written first, and one that somebody still
 * uses, or adds to, must be found again instead of being opened a second time.
 */
export interface OpenHistories {
  /** Uses it. */
  get(repository: string): OpenHistory | undefined;
  /** Looks at it without a use. */
  peek(repository: string): OpenHistory | undefined;
  /** In place of what was there; forgotten when it cannot be opened. */
  add(repository: string, generation: number, now: number, opening: Promise<Opening>): OpenHistory;
  /** @param entry nothing else goes */
  delete(repository: string, entry?: OpenHistory): void;
  repositories(): readonly string[];
  /**
   * Lets the least recently used go until the rest have room, the last one used excepted; each is saved first where it
   * has changed. Rejects when there is no room because something cannot be saved, and then it has lost nothing.
   */
  makeRoom(room: number, save: (repository: string) => Promise<void>): Promise<void>;
}

interface Opening {
  readonly history: RepositoryHistory;
  readonly changed: boolean;
}

const unchanged = { revision: 0, savedRevision: 0, unsaved: 0 };

function isChanged({ revision, savedRevision }: OpenHistory): boolean {
  return revision !== savedRevision;
}

/** An index without an issue takes as much memory as so many issues. */
const leastCounted = 30;

export function createOpenHistories(): OpenHistories {
  const open = new Map<string, Entry>();
  const departed = new Map<string, Departed>();
  let uses = 0;
  const nextUse = (): number => {
    uses += 1;
    return uses;
  };

  const revive = (repository: string): Entry | undefined => {
    const left = departed.get(repository);
    const loaded = left?.history.deref();
    if (left === undefined || loaded === undefined) return undefined;
    const { generation, savedAt } = left;
    const history = Promise.resolve(loaded);
    const entry = { history, loaded, generation, savedAt, ...unchanged, lastUse: 0 };
    departed.delete(repository);
    open.set(repository, entry);
    return entry;
  };
  const get = (repository: string): Entry | undefined => {
    const entry = open.get(repository) ?? revive(repository);
    if (entry !== undefined) entry.lastUse = nextUse();
    return entry;
  };
  const size = (): number =>
    open.values().reduce((sum, { loaded }) => sum + Math.max(leastCounted, loaded?.index.slots.size ?? 0), 0);
  const letGo = (repository: string, loaded: RepositoryHistory, entry: Entry): void => {
    const { generation, savedAt } = entry;
    open.delete(repository);
    departed.set(repository, { generation, savedAt, history: new WeakRef(loaded) });
  };

  return {
    get,
    peek: (repository) => open.get(repository),
    add(repository, generation, now, opening) {
      const entry: Entry = {
        history: opening.then(({ history, changed }) => {
          entry.loaded = history;
          if (changed) entry.revision += 1;
          return history;
        }),
        loaded: null,
        generation,
        savedAt: now,
        ...unchanged,
        lastUse: nextUse(),
      };
      open.set(repository, entry);
      departed.delete(repository);
      entry.history.catch(() => open.get(repository) === entry && open.delete(repository));
      return entry;
    },
    delete(repository, entry = open.get(repository)) {
      if (open.get(repository) !== entry) return;
      open.delete(repository);
      departed.delete(repository);
    },
    repositories: () => [...open.keys()],
    async makeRoom(room, save) {
      if (size() <= room) return;
      for (const [repository, { history }] of departed)
        if (history.deref() === undefined) departed.delete(repository);
      let failure: unknown = null;
      const byUse = [...open].toSorted(([, a], [, b]) => a.lastUse - b.lastUse);
      for (const [repository, entry] of byUse.slice(0, -1)) {
        const { lastUse } = entry;
        try {
          if (isChanged(entry)) await save(repository);
        } catch (error) {
          failure = error;
        }
        // Used meanwhile, or gone already.
        if (isChanged(entry) || entry.lastUse !== lastUse || open.get(repository) !== entry) continue;
        if (entry.loaded !== null) letGo(repository, entry.loaded, entry);
        if (size() <= room) return;
      }
      if (failure !== null) throw failure;
    },
  };
}
