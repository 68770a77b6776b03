import { type Logger, Probot, ProbotOctokit } from 'probot';
import type { AppPort } from '../../ports/app.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { createAppPort } from './app.ts';
import type { Client } from './call.ts';
import { createGitHub } from './github.ts';

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** REST root without a slash at the end. */
  readonly githubUrl: string;
}

export interface AppConnection {
  readonly app: AppPort;
  /** GitHub as an installation sees it, for work of this priority. */
  asInstallation(installation: number, priority: number): Promise<GitHub>;
}

/**
 * Octokit must not retry or queue behind our back: its retry plugin sends one creating call up to five times,
 * and its throttle knows nothing of other workers. A function, because a plain object is overridden by
 * Probot's own defaults.
 */
const PlainOctokit = ProbotOctokit.defaults((options: Record<string, unknown>) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
}));

/**
 * Connects to GitHub as the App; the first call fetches a token, and Probot keeps it fresh.
 *
 * @param limiterFor sees the calls of an installation; without it none are limited
 */
export function connectAsApp(
  credentials: AppCredentials,
  clock: Clock,
  log: Logger,
  limiterFor?: (installation: number, priority: number) => RateLimiter,
): AppConnection {
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: credentials.githubUrl,
    Octokit: PlainOctokit,
    // At `debug` Octokit prints whole requests, with what people wrote.
    log: log.child({}, { level: log.isLevelEnabled('warn') ? 'warn' : 'silent' }),
  });
  const installationClient = async (installation: number, priority: number): Promise<Client> => {
    const octokit = await probot.auth(installation);
    return { octokit, clock, ...(limiterFor && { limiter: limiterFor(installation, priority) }) };
  };
  // Calls of the App itself are few and have no installation's account.
  const appClient: Client = {
    clock,
    octokit: { request: async (route, parameters) => (await probot.auth()).request(route, parameters) },
  };
  return {
    app: createAppPort(appClient, (installation) => installationClient(installation, 0)),
    asInstallation: async (installation, priority) =>
      createGitHub(await installationClient(installation, priority)),
  };
}
