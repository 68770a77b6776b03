import type { Limits } from './limits.ts';
import type { Actor, Installation, Issue, Repository } from './state.ts';
import type { Tokens } from './tokens.ts';
import type { Deliveries } from './webhooks.ts';
import type { World } from './world.ts';

/** Who sent a request, by its token. */
export type Caller =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'installation';
      readonly actor: Actor;
      readonly installation: Installation;
      /** What this token may touch: all of the installation's, or the fewer it was made for. */
      readonly repositories: ReadonlySet<Repository>;
      readonly permissions: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'person'; readonly actor: Actor }
  | { readonly kind: 'anonymous' };

export type Body = Readonly<Record<string, unknown>>;

/** The parts of the double that routes use. */
export interface Room {
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly secrets: { readonly privateKey: string; readonly webhook: string };
  /** Codes that can be exchanged, once, for the App's credentials. */
  readonly manifestCodes: Set<string>;
}

export interface Request {
  readonly room: Room;
  readonly world: World;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly caller: Caller;
  /** Milliseconds for which lists do not show a comment that this request creates. */
  readonly hiddenFor: number;
  /** The repository of `{owner}/{repo}`, access to it checked. */
  readonly repository: Repository;
  /** The issue of `{issue_number}`. */
  issue(): Issue;
  /** Who acts; 401 for nobody. */
  actor(): Actor;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a caller needs for a route in a repository. */
export interface Need {
  /** The App's permission, or any one of several. */
  readonly permission: string | readonly string[];
  readonly level: 'read' | 'write';
  /** What a person needs; `read` when left out. */
  readonly role?: 'read' | 'triage' | 'write';
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As GitHub's description writes it: `/repos/{owner}/{repo}/issues/{issue_number}`. */
  readonly path: string;
  /** `app`: the App's own JWT. `installation`: an installation token. `anyone`: no check. */
  readonly needs: 'app' | 'installation' | 'anyone' | Need;
  /** Query parameters that are understood; any other is a deviation. */
  readonly query?: readonly string[];
  /** GitHub counts it as content-creating. */
  readonly creates?: boolean;
  handle(request: Request): Reply | Promise<Reply>;
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({
  status: 200,
  body,
  ...(headers && { headers }),
});
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };

/** A text of the request's body, which was checked against the schema before. */
export function text(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

/** Names in a list of strings or of objects with a `name`. */
export function names(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string')
      return [item.name];
    return [];
  });
}

/** A page of a list, with the Link header that leads to the others. */
export function page<T>(request: Request, all: readonly T[], present: (item: T) => unknown): Reply {
  const { searchParams } = request.url;
  const size = Math.min(Math.max(Number(searchParams.get('per_page') ?? 30) || 30, 1), 100);
  const number = Math.max(Number(searchParams.get('page') ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(searchParams);
    query.set('page', String(to));
    return `<${request.world.at.api}${stablePath(request)}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ];
  const items = all.slice((number - 1) * size, number * size).map(present);
  return ok(items, links.length === 0 ? {} : { link: links.join(', ') });
}

/** GitHub's links name a repository by its id. */
function stablePath(request: Request): string {
  const path = request.url.pathname;
  return path.replace(/^\/repos\/[^/]+\/[^/]+/, () => `/repositories/${request.repository.id}`);
}
