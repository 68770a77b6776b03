/**
 * What one-shot commands work with: the only file of the command line that makes adapters. Each is loaded
 * when a command asks for it: `explain` of a file needs no database.
 */
import { systemClock } from '../adapters/clock.ts';
import type { AppConnection } from '../adapters/github/connect-app.ts';
import type { Stores } from '../adapters/open/index.ts';
import type { Budget } from '../ports/budget.ts';
import type { GitHub } from '../ports/github.ts';
import type { Proposals } from '../ports/proposals.ts';
import { type Environment, loadDotEnv } from '../process/environment.ts';
import type { KnowledgeBase } from '../repository/knowledge-base.ts';

export { issueShape } from '../adapters/github/shapes.ts';
export { isPostgres } from '../adapters/open/store-url.ts';
export { runInThread as compute } from '../adapters/threads/run-in-thread.ts';
export { systemClock as clock };

/** Where the store is: `DATABASE_URL` of the environment or of `.env`; default `signpost.sqlite`. */
export function storeUrl(): string {
  loadDotEnv();
  return process.env.DATABASE_URL || 'signpost.sqlite';
}

/**
 * Opens the stores beside a running server or alone, and closes them behind the work.
 *
 * @param url default: `storeUrl()`
 * @param create whether a SQLite file that is not there is made; default false: then it rejects
 */
export async function withStores<T>(
  work: (stores: Stores) => Promise<T>,
  { create = false, url = storeUrl() }: { readonly create?: boolean; readonly url?: string } = {},
): Promise<T> {
  const { openOrCreateStores, openStores } = await import('../adapters/open/index.ts');
  const stores = create
    ? await openOrCreateStores(url, systemClock)
    : await openStores(url, systemClock, 'tool');
  try {
    return await work(stores);
  } finally {
    await stores.store.close();
  }
}

/**
 * Copies a SQLite file, whose server is stopped, into an empty PostgreSQL; returns the number of rows by
 * table.
 */
export async function copyStore(path: string, url: string): Promise<Readonly<Record<string, number>>> {
  const { migrateStore } = await import('../adapters/open/index.ts');
  return migrateStore({ path }, { url, clock: systemClock });
}

export interface PersonConnection {
  readonly github: GitHub;
  readonly proposals: Proposals;
  /** Whether there is a `GITHUB_TOKEN`; without one GitHub is read as anybody may. */
  readonly authenticated: boolean;
}

/**
 * Connects as the person whose `GITHUB_TOKEN` it is; to `GITHUB_API_URL`, by default
 * `https://api.github.com`.
 */
export async function connectPerson(): Promise<PersonConnection> {
  const { connectAsPerson, proposeAsPerson } = await import('../adapters/github/connect-person.ts');
  const token = process.env.GITHUB_TOKEN || undefined;
  const url = process.env.GITHUB_API_URL || 'https://api.github.com';
  return {
    github: connectAsPerson(token, url, systemClock),
    proposals: proposeAsPerson(token ?? '', url, systemClock),
    authenticated: token !== undefined,
  };
}

export interface AppConnectionOptions {
  /** What the App's processes share; without it the calls are not counted. */
  readonly budget?: Budget;
  /** Default `silent`. */
  readonly logLevel?: string;
}

/** Connects as the App. */
export async function connectApp(
  environment: Environment,
  { budget, logLevel = 'silent' }: AppConnectionOptions = {},
): Promise<AppConnection> {
  const { connectAsApp } = await import('../adapters/github/connect-app.ts');
  const [{ createLog }, { createMetrics }, { createRateLimiter }] = await Promise.all([
    import('../process/log.ts'),
    import('../process/metrics.ts'),
    import('../process/rate-limiter.ts'),
  ]);
  const log = createLog(logLevel);
  if (budget === undefined) return connectAsApp(environment, systemClock, log);
  const metrics = createMetrics();
  return connectAsApp(environment, systemClock, log, (installation, priority) =>
    createRateLimiter(installation, priority, { budget, clock: systemClock, metrics }),
  );
}

/** Compiles the shipped pages; `pagesUrl` as `PAGES_URL`, default: each page is where its pack says. */
export async function loadKnowledgeBase(pagesUrl?: string): Promise<KnowledgeBase> {
  const { readShippedPacks } = await import('../adapters/packs/read-packs.ts');
  const { createKnowledgeBase } = await import('../repository/knowledge-base.ts');
  return createKnowledgeBase(await readShippedPacks(), pagesUrl);
}
