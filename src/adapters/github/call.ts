import { RequestError } from '@octokit/request-error';
import type { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { GitHubError, type GitHubFailure } from '../../ports/github-error.ts';

/** What an Octokit of either kind (an installation's, a person's) offers. */
export interface Requester {
  request(route: string, parameters?: Record<string, unknown>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Sees every call: keeps GitHub's limits, counts. */
export interface Gate {
  /** Resolves when the call may go; rejects with a `limited` GitHubError when that is too far away. */
  enter(route: string): Promise<void>;
  /** The outcome: status and headers where there was an answer, `retryAt` (epoch ms) where GitHub said to wait. */
  leave(
    route: string,
    status: number | null,
    headers: Answer['headers'],
    retryAt: number | null,
  ): Promise<void>;
}

export interface Wire {
  readonly octokit: Requester;
  readonly clock: Clock;
  readonly limiter?: Gate;
  /** Milliseconds until a call counts as unanswered; default 10,000. */
  readonly timeout?: number;
}

/** Makes one call, once. Rejects with a `GitHubError` only. */
export async function call(
  wire: Wire,
  route: string,
  parameters: Record<string, unknown> = {},
): Promise<Answer> {
  await wire.limiter?.enter(route);
  const signal = AbortSignal.timeout(wire.timeout ?? 10_000);
  try {
    const answer = await wire.octokit.request(route, { ...parameters, request: { signal } });
    await wire.limiter?.leave(route, answer.status, answer.headers, null);
    return answer;
  } catch (error) {
    const failed = explain(route, error, wire.clock.now());
    const headers = error instanceof RequestError ? (error.response?.headers ?? {}) : {};
    await wire.limiter?.leave(route, failed.status, headers, failed.retryAt);
    throw failed;
  }
}

/** As `call`, but null where GitHub says that there is nothing: 404 and 410. */
export async function callOrNull(
  wire: Wire,
  route: string,
  parameters: Record<string, unknown>,
): Promise<Answer | null> {
  try {
    return await call(wire, route, parameters);
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

/** All pages of a list, 100 a page, by the `Link` header. */
export async function pages(
  wire: Wire,
  route: string,
  parameters: Record<string, unknown>,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { data, headers } = await call(wire, route, { ...parameters, per_page: 100, page });
    if (!Array.isArray(data)) throw new GitHubError('unknown', route, null, 'the answer is not a list');
    all.push(...data);
    if (!String(headers.link ?? '').includes('rel="next"')) return all;
  }
}

/** The answer as the shape says, or a `GitHubError`: GitHub's answers are checked like anybody else's. */
export function readAs<T extends z.ZodType>(shape: T, data: unknown, route: string): z.output<T> {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.') ?? '';
  throw new GitHubError('unknown', route, 200, `the answer has another shape than expected at "${place}"`);
}

/** What a failure means. The message holds GitHub's own words, bounded; never a token or a body. */
function explain(route: string, error: unknown, now: number): GitHubError {
  if (error instanceof GitHubError) return error;
  if (!(error instanceof RequestError)) {
    return new GitHubError(
      'unknown',
      route,
      null,
      `no answer (${error instanceof Error ? error.name : 'unknown error'})`,
    );
  }
  const { status, response } = error;
  const said = words(response?.data);
  const retryAt = limitedUntil(status, response?.headers ?? {}, said, now);
  if (retryAt !== null)
    return new GitHubError('limited', route, status, `limited (${status}: ${said})`, retryAt);
  // Octokit reports a connection that broke as status 500 without a response.
  if (response === undefined)
    return new GitHubError('unknown', route, null, 'no answer (connection lost or timed out)');
  return new GitHubError(kindOf(status), route, status, `${status} ${said}`.trim());
}

function kindOf(status: number): GitHubFailure {
  if (status === 401 || status === 403) return 'forbidden';
  return status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unknown';
}

function words(data: unknown): string {
  const message = typeof data === 'object' && data !== null ? Reflect.get(data, 'message') : '';
  return typeof message === 'string' ? message.replace(/\s+/g, ' ').slice(0, 200) : '';
}

/** Epoch milliseconds at which GitHub takes calls again: `retry-after`, else the reset time, else a minute. */
function limitedUntil(status: number, headers: Answer['headers'], said: string, now: number): number | null {
  const after = Number(headers['retry-after']);
  const empty = String(headers['x-ratelimit-remaining']) === '0';
  const limited =
    status === 429 || (status === 403 && (empty || after > 0 || /rate limit|abuse/i.test(said)));
  if (!limited) return null;
  if (after > 0) return now + after * 1000;
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  return empty && reset > now ? reset : now + 60_000;
}
