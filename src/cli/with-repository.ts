import type { GitHub } from '../ports/github.ts';
import type { Proposals } from '../ports/proposals.ts';
import type { Store } from '../ports/store.ts';
import { createSettingsCache, type RepositorySettings } from '../repository/settings.ts';
import { InputError } from './input-error.ts';
import { clock, connectPerson, loadKnowledgeBase, withStores } from './open.ts';
import { repositoryArgument } from './options.ts';

/**
 * What a command on one repository works with: the App's own store, and GitHub as a person with a token sees
 * it.
 */
export interface RepositoryContext {
  /** As the App spells it, where the App knows it. */
  readonly repository: string;
  readonly store: Store;
  readonly settings: RepositorySettings;
  /** Null without `GITHUB_TOKEN`. */
  readonly github: GitHub | null;
  readonly proposals: Proposals;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Opens the store and reads the repository's settings, from GitHub where the store has none. */
export async function withRepository<T>(
  target: string | undefined,
  work: (context: RepositoryContext) => Promise<T>,
): Promise<T> {
  const given = repositoryArgument(target);
  return withStores(async ({ store }) => {
    const { authenticated, github, proposals } = await connectPerson();
    const repository = (await knownRepository(store, given)) ?? given;
    const knowledgeBase = await loadKnowledgeBase(process.env.PAGES_URL);
    const settings = await createSettingsCache(store, knowledgeBase).of(repository, github);
    const now = clock.now();
    return work({ repository, store, settings, github: authenticated ? github : null, proposals, now });
  });
}

/**
 * The repository's name as the store spells it, whatever its case; null when the App is not installed there.
 */
export async function knownRepository(store: Store, name: string): Promise<string | null> {
  const rows = await store.repositories();
  return rows.find(({ repository }) => repository.toLowerCase() === name.toLowerCase())?.repository ?? null;
}

/** GitHub as the person sees it. Throws an `InputError` where there is no token. */
export function requireGitHub({ github }: RepositoryContext): GitHub {
  if (github === null)
    throw new InputError('GITHUB_TOKEN is not set (expected a token that may read the repository)');
  return github;
}
