import { LRUCache } from 'lru-cache';
import { configPath, defaultConfig, readConfig } from '../config/index.ts';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import type { Knowledge, KnowledgeBase } from './knowledge-base.ts';
import { type RepositoryFiles, readAll } from './read-repository.ts';
import { readState, writeState } from './state/entry.ts';
import { repositoryFiles } from './state/repository-state.ts';

export interface RepositorySettings {
  readonly config: Config;
  readonly knowledge: Knowledge;
  readonly templates: readonly string[];
  readonly labels: readonly string[];
  readonly problems: readonly Problem[];
}

export interface SettingsCache {
  /** From memory, else from the store, else from GitHub. */
  of(repository: string, github: GitHub): Promise<RepositorySettings>;
  /** From memory or the store; null when nothing was read yet. Asks GitHub nothing. */
  known(repository: string): Promise<RepositorySettings | null>;
  /** Reads everything from GitHub again: settings, pages, templates, labels. */
  refresh(repository: string, github: GitHub): Promise<RepositorySettings>;
  /** Forgets what is in memory: another process may have read it anew. */
  drop(repository: string): void;
}

/** Settings of so many repositories stay in memory. Any other costs one read from the store, as after a start. */
const mostCached = 100;

/** Settings, pages, templates and labels of each repository, read when they change instead of for each issue. */
export function createSettingsCache(
  store: Pick<Store, 'get' | 'put'>,
  knowledgeBase: KnowledgeBase,
): SettingsCache {
  const cached = new LRUCache<string, RepositorySettings>({ max: mostCached });
  const keep = (repository: string, read: RepositoryFiles): RepositorySettings => {
    const settings = prepare(repository, read, knowledgeBase);
    cached.set(repository, settings);
    return settings;
  };
  const refresh = async (repository: string, github: GitHub): Promise<RepositorySettings> => {
    const read = await readAll(repository, github);
    await writeState(store, repositoryFiles, repository, read);
    return keep(repository, read);
  };
  const known = async (repository: string): Promise<RepositorySettings | null> => {
    const ready = cached.get(repository);
    if (ready) return ready;
    const stored = await readState(store, repositoryFiles, repository);
    return stored === null ? null : keep(repository, stored);
  };
  return {
    refresh,
    known,
    drop: (repository) => void cached.delete(repository),
    of: async (repository, github) => (await known(repository)) ?? refresh(repository, github),
  };
}

function prepare(
  repository: string,
  read: RepositoryFiles,
  knowledgeBase: KnowledgeBase,
): RepositorySettings {
  const settings =
    read.config === null ? { config: defaultConfig, problems: [] } : readConfig(configPath, read.config);
  const knowledge = knowledgeBase.knowledge(settings.config.packs, repository, read.pages);
  const { templates, labels } = read;
  return {
    config: settings.config,
    knowledge,
    templates,
    labels,
    problems: [...settings.problems, ...knowledge.problems],
  };
}
