import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createLog } from '../../src/process/log.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { type App, compose } from '../../src/server/compose.ts';
import { createTestClock } from '../clock.ts';
import { type Double, startDouble } from '../double/double.ts';
import type { Repository } from '../double/state.ts';

/** The repository that the shipped pages speak of. */
export const home = 'anthropics/claude-code';

/** Labels as such a repository has them, and those that Signpost may use there. */
const labels = [
  'bug',
  'enhancement',
  'documentation',
  'question',
  'duplicate',
  'has repro',
  'invalid',
  'needs-info',
  'possible-duplicate',
  'area:auth',
  'area:mcp',
  'area:tui',
  'area:core',
  'area:api',
  'area:packaging',
  'platform:macos',
  'platform:linux',
  'platform:windows',
  'platform:wsl',
  'signature:mcp-oauth-needs-authentication',
  'signature:api-529-overloaded',
  'signature:windows-git-bash-required',
];

export interface RunAppOptions {
  /** Shared by the App and the double. Default: one that runs 200 times as fast as the wall's. */
  readonly clock?: Clock;
  /** `.github/signpost.yml` of `home`; default `mode: advise`. Null: no such file. */
  readonly config?: string | null;
  /** Default `:memory:`. */
  readonly store?: string;
  /** More repositories of the same installation or others, each with its settings. */
  readonly others?: Readonly<Record<string, string | null>>;
  /** Files of `home`. */
  readonly files?: Readonly<Record<string, string>>;
  /** What happens on GitHub before the App is installed. */
  readonly before?: (double: Double) => void | Promise<void>;
  /** Where log lines go, besides nowhere. */
  readonly logLevel?: string;
  readonly seed?: number;
  /** Whether it catches up, at start and hourly. Default false: no call is made that a test did not cause. */
  readonly catchesUp?: boolean;
}

/** Our comments on an issue, oldest first, as they are now. */
export function ours(double: Double, repository: string, number: number): string[] {
  return double
    .issue(repository, number)
    .comments.filter(({ app }) => app !== null)
    .map(({ body }) => body);
}

/** Opens an issue of a certain number. */
export function openNumbered(
  double: Double,
  number: number,
  given: Parameters<Double['openIssue']>[0],
): void {
  const repository = repositories.get(double)?.get(given.repository);
  if (repository === undefined) throw new Error(`no repository ${given.repository}`);
  repository.nextNumber = number;
  double.openIssue(given);
}

const repositories = new WeakMap<Double, Map<string, Repository>>();

export interface RunningApp {
  readonly double: Double;
  /** The App as it runs now; another after `restart`. */
  app(): App;
  /** All deliveries are answered and all work that follows is done. */
  settle(): Promise<void>;
  /** Stops the App and starts it again on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

let shipped: Promise<KnowledgeBase> | undefined;

/** Runs the real App against a GitHub in a box, over HTTP, with signed webhooks. */
export async function runApp(options: RunAppOptions = {}): Promise<RunningApp> {
  const {
    clock = createTestClock(),
    config = 'mode: advise\n',
    others = {},
    files = {},
    store = ':memory:',
  } = options;
  const double = await startDouble({ clock, ...(options.seed === undefined ? {} : { seed: options.seed }) });
  const added = new Map<string, Repository>();
  repositories.set(double, added);
  for (const [name, settings] of Object.entries({ [home]: config, ...others })) {
    const own = name === home ? files : {};
    const repository = double.addRepository(name, {
      labels,
      files: { ...own, ...(settings === null ? {} : { '.github/signpost.yml': settings }) },
    });
    added.set(name, repository);
  }
  await options.before?.(double);
  shipped ??= readShippedPacks().then((packs) => createKnowledgeBase(packs));
  const knowledgeBase = await shipped;
  const start = async (): Promise<App> => {
    const running = await compose({
      environment: {
        appId: double.app.id,
        privateKey: double.app.privateKey,
        webhookSecret: double.app.webhookSecret,
        githubUrl: double.url,
        store,
        host: '127.0.0.1',
        port: 0,
        logLevel: 'silent',
        pagesUrl: null,
        worker: null,
      },
      knowledgeBase,
      clock,
      log: createLog(options.logLevel ?? 'silent'),
      ...(options.catchesUp === true ? {} : { periodicJobs: [] }),
    });
    double.sendWebhooksTo(`${running.url}/api/github/webhooks`);
    return running;
  };
  let app = await start();
  const settle = async (): Promise<void> => {
    // Work makes events (a label added), and events make work: until neither moves.
    for (let calls = -1; calls !== double.calls.length; ) {
      calls = double.calls.length;
      await double.settled();
      await app.idle();
    }
  };
  for (const name of [home, ...Object.keys(others)]) double.install(name);
  await settle();
  return {
    double,
    app: () => app,
    settle,
    async restart() {
      double.sendWebhooksTo(null);
      await app.stop();
      app = await start();
    },
    async stop() {
      await app.stop();
      await double.close();
    },
  };
}
