import { RequestError } from '@octokit/request-error';
import type { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { GitHubError, type GitHubFailure } from '../../ports/github-error.ts';
import type { CallOutcome, RateLimiter } from '../../ports/rate-limiter.ts';

/** What an Octokit of either kind (an installation's, a person's) offers. */
export interface Requester {
  request(route: string, parameters?: Record<string, unknown>): Promise<ApiResponse>;
}

/** GitHub's answer to one call; nothing of `data` is known before it is parsed. */
export interface ApiResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: CallOutcome['headers'];
  readonly data: unknown;
}

/** What every function of this folder calls GitHub with. */
export interface Client {
  readonly octokit: Requester;
  readonly clock: Clock;
  /** Sees every call; none by default. */
  readonly limiter?: RateLimiter;
  /** Milliseconds until a call counts as unanswered; default 10,000. */
  readonly timeout?: number;
}

/** Makes one call, once. Rejects with a `GitHubError` only. */
export async function call(
  client: Client,
  route: string,
  parameters: Record<string, unknown> = {},
): Promise<ApiResponse> {
  await client.limiter?.acquire(route);
  const signal = AbortSignal.timeout(client.timeout ?? 10_000);
  try {
    const response = await client.octokit.request(route, { ...parameters, request: { signal } });
    const { headers, status } = response;
    await client.limiter?.release(route, { status, headers, retryAt: null });
    return response;
  } catch (error) {
    const failed = toGitHubError(route, error, client.clock.now());
    const headers = error instanceof RequestError ? (error.response?.headers ?? {}) : {};
    await client.limiter?.release(route, { status: failed.status, headers, retryAt: failed.retryAt });
    throw failed;
  }
}

/** Makes one call; null where GitHub says that there is nothing: 404 and 410. */
export async function callOrNull(
  client: Client,
  route: string,
  parameters: Record<string, unknown>,
): Promise<ApiResponse | null> {
  try {
    return await call(client, route, parameters);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** GitHub says that there is nothing: the thing is gone, or is kept from this token. */
export function isAbsent(error: unknown): boolean {
  return error instanceof GitHubError && (error.status === 404 || error.status === 410);
}

/**
 * Reads all pages of a list, 100 a page, until the `Link` header names no next one. `pageShape` finds the
 * list in a page.
 */
export async function paginate<T>(
  client: Client,
  route: string,
  parameters: Record<string, unknown>,
  pageShape: z.ZodType<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { data, headers } = await call(client, route, { ...parameters, per_page: 100, page });
    all.push(...parseResponse(pageShape, data, route));
    if (!String(headers.link ?? '').includes('rel="next"')) return all;
  }
}

/**
 * Reads the data as the shape says. Throws a `GitHubError` where it has another shape: GitHub's answers are
 * checked, too.
 */
export function parseResponse<T extends z.ZodType>(shape: T, data: unknown, route: string): z.output<T> {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.') ?? '';
  throw new GitHubError('unknown', route, 200, `the answer has another shape than expected at "${place}"`);
}

/** `owner/name` as the two parameters of REST routes. */
export function ownerRepo(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** What a failure means. The message holds GitHub's own words, bounded; never a token or a body. */
function toGitHubError(route: string, error: unknown, now: number): GitHubError {
  if (error instanceof GitHubError) return error;
  if (!(error instanceof RequestError)) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return new GitHubError('unknown', route, null, `no answer (${name})`);
  }
  const { status, response } = error;
  const message = messageOf(response?.data);
  const retryAt = limitedUntil(status, response?.headers ?? {}, message, now);
  if (retryAt !== null)
    return new GitHubError('limited', route, status, `limited (${status}: ${message})`, retryAt);
  // Octokit reports a connection that broke as status 500 without a response.
  if (response === undefined)
    return new GitHubError('unknown', route, null, 'no answer (connection lost or timed out)');
  return new GitHubError(failureOf(status), route, status, `${status} ${message}`.trim());
}

function failureOf(status: number): GitHubFailure {
  if (status === 401 || status === 403) return 'forbidden';
  return status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unknown';
}

/** GitHub's own words, on one line, 200 characters at most; empty where it gave none. */
function messageOf(data: unknown): string {
  const message = typeof data === 'object' && data !== null ? Reflect.get(data, 'message') : '';
  return typeof message === 'string' ? message.replace(/\s+/g, ' ').slice(0, 200) : '';
}

/**
 * Epoch milliseconds at which GitHub takes calls again: `retry-after`, else the reset time, else in a minute.
 */
function limitedUntil(
  status: number,
  headers: CallOutcome['headers'],
  message: string,
  now: number,
): number | null {
  const after = Number(headers['retry-after']);
  const empty = String(headers['x-ratelimit-remaining']) === '0';
  const limited =
    status === 429 || (status === 403 && (empty || after > 0 || /rate limit|abuse/i.test(message)));
  if (!limited) return null;
  if (after > 0) return now + after * 1000;
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  return empty && reset > now ? reset : now + 60_000;
}
