import type { AppPort } from '../ports/app.ts';
import type { Clock } from '../ports/clock.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Logger } from '../ports/log.ts';

const mostTries = 24;
/** Milliseconds between two of them. */
const pause = 5_000;

/**
 * Who we are, as GitHub says. A start in the middle of an outage of GitHub waits for it, two minutes at most;
 * wrong credentials reject at once.
 */
export async function readAppIdentity(
  app: AppPort,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): ReturnType<AppPort['identity']> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await app.identity();
    } catch (error) {
      const passing = error instanceof GitHubError && /^(unknown|limited)$/.test(error.failure);
      if (!passing || tries === mostTries) throw error;
      log.warn({ err: error }, 'GitHub does not answer; the start waits for it');
      await clock.sleep(pause);
    }
  }
}
