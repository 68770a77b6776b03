import { systemClock } from '../adapters/clock.ts';
import { connectAsPerson } from '../adapters/github/connect-person.ts';
import { openStore } from '../adapters/open/open-store.ts';
import { readShippedPacks } from '../adapters/packs/read-packs.ts';
import { addWeeks, readWeek, type Week, weekOf } from '../digest/index.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import { loadDotEnv } from '../process/environment.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../repository/knowledge-base.ts';
import { createSettingsCache, type RepositorySettings } from '../repository/settings.ts';
import { InputError } from './input/input-error.ts';

/** What a command on one repository works with: the App's own store, and GitHub as a person with a token sees it. */
export interface RepositoryTools {
  readonly repository: string;
  readonly store: Store;
  readonly library: KnowledgeBase;
  readonly settings: RepositorySettings;
  /** Null without `GITHUB_TOKEN`. */
  readonly github: GitHub | null;
  readonly now: number;
}

/** Opens the store that `DATABASE_URL` names, beside a running server or alone, and closes it behind the work. */
export async function withRepository<T>(
  target: string | undefined,
  work: (context: RepositoryTools) => Promise<T>,
): Promise<T> {
  if (target === undefined || !/^[\w.-]+\/[\w.-]+$/.test(target))
    throw new InputError(`${target ?? 'the repository'} is not a repository (expected owner/repo)`);
  loadDotEnv();
  const { DATABASE_URL, GITHUB_API_URL, GITHUB_TOKEN } = process.env;
  const token = GITHUB_TOKEN || undefined;
  const person = connectAsPerson(token, GITHUB_API_URL || 'https://api.github.com', systemClock);
  const { store } = await openStore(DATABASE_URL || 'signpost.sqlite', systemClock, 'tool');
  try {
    const row = (await store.repositories()).find(
      ({ repository }) => repository.toLowerCase() === target.toLowerCase(),
    );
    const repository = row?.repository ?? target;
    const knowledgeBase = createKnowledgeBase(await readShippedPacks(), process.env.PAGES_URL);
    const settings = await createSettingsCache(store, knowledgeBase).of(repository, person);
    return await work({
      repository,
      store,
      library: knowledgeBase,
      settings,
      github: token === undefined ? null : person,
      now: systemClock.now(),
    });
  } finally {
    await store.close();
  }
}

/** The week that was asked for, else the last that is over. */
export function weekAsked(option: unknown, now: number, zone: string): Week {
  if (option === undefined) return addWeeks(weekOf(now, zone), -1);
  const week = typeof option === 'string' ? readWeek(option) : null;
  if (week === null)
    throw new InputError(`--week ${String(option)} is no week (expected an ISO week such as 2026-W47)`);
  return week;
}
