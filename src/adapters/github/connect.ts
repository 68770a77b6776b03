import type { Logger } from 'probot';
import { Probot, ProbotOctokit } from 'probot';
import type { AppPort } from '../../ports/app.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import { createAppPort } from './app.ts';
import type { Gate, Wire } from './call.ts';
import { createGitHub } from './github.ts';

export interface Credentials {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** REST root without a slash at the end. */
  readonly githubUrl: string;
}

export interface Connection {
  readonly app: AppPort;
  /** GitHub as an installation sees it, for a job of this priority. */
  as(installation: number, priority: number): Promise<GitHub>;
}

/**
 * Octokit must not retry or queue behind our back: its retry plugin sends one creating call up to five times, and its
 * throttle knows nothing of other workers. A function, because a plain object is overridden by Probot's own defaults.
 */
const PlainOctokit = ProbotOctokit.defaults((options: Record<string, unknown>) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
}));

/** GitHub for the App: installation tokens are Probot's, calls are counted by `gate`. */
export function connect(
  credentials: Credentials,
  clock: Clock,
  gateOf: (installation: number, priority: number) => Gate,
  log: Logger,
): Connection {
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: credentials.githubUrl,
    Octokit: PlainOctokit,
    // At `debug` Octokit prints whole requests, with what people wrote.
    log: log.child({}, { level: log.isLevelEnabled('warn') ? 'warn' : 'silent' }),
  });
  const wireOf = async (installation: number, priority: number): Promise<Wire> => {
    const octokit = await probot.auth(installation);
    return { octokit, clock, limiter: gateOf(installation, priority) };
  };
  // Calls of the App itself are few and have no installation's account.
  const asApp: Wire = {
    clock,
    octokit: { request: async (route, parameters) => (await probot.auth()).request(route, parameters) },
  };
  return {
    app: createAppPort(asApp, (installation) => wireOf(installation, 0)),
    as: async (installation, priority) => createGitHub(await wireOf(installation, priority)),
  };
}
