import { z } from 'zod';
import { GitHubError } from '../../ports/github-error.ts';
import { type Client, call, parseResponse } from './call.ts';

const route = 'POST /graphql';
const envelopeShape = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })).default([]),
});

export interface GraphqlResponse<T> {
  readonly data: T;
  /**
   * GraphQL may answer a part of what was asked, and say here what it could not. Its messages are GitHub's
   * own.
   */
  readonly errors: readonly { readonly type?: string | undefined; readonly message: string }[];
}

/**
 * Asks one query. Rejects with a `GitHubError` where GitHub limits, or answers in another shape than
 * `dataShape`.
 */
export async function query<T extends z.ZodType>(
  client: Client,
  text: string,
  variables: Readonly<Record<string, unknown>>,
  dataShape: T,
): Promise<GraphqlResponse<z.output<T>>> {
  const response = await call(client, route, { query: text, variables });
  const { data, errors } = parseResponse(envelopeShape, response.data, route);
  const limited = errors.find(({ type }) => type === 'RATE_LIMITED');
  if (limited) throw new GitHubError('limited', route, 200, limited.message, client.clock.now() + 60_000);
  return { data: parseResponse(dataShape, data, route), errors };
}

/** The error of a query that was answered, but not with what was asked. */
export function queryError(message: string): GitHubError {
  return new GitHubError('unknown', route, 200, message.slice(0, 200));
}
