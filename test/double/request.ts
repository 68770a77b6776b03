import type { IncomingHttpHeaders } from 'node:http';
import { checkNeed, findRepository } from './access.ts';
import type { Contract } from './contract.ts';
import type { Body, Caller, Request, Room } from './http.ts';
import type { Found } from './router.ts';
import type { Repository } from './state.ts';
import type { World } from './world.ts';
import { issueOf, notFound, Refusal, redirectMoved } from './world.ts';

/** A request as it came over the wire, and the route that it matched. */
export interface Arrived {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The JSON that was sent; the text itself when it is none. */
  readonly body: unknown;
  readonly found: Found | null;
  /** Milliseconds for which lists do not show a comment that it creates. */
  readonly hiddenFor: number;
}

/** What a route gets to see; throws what GitHub answers to those who may not, or who ask for what is not there. */
export function makeRequest(
  room: Room,
  contract: Contract,
  { method, url, body: sent, hiddenFor }: Arrived,
  { route, params }: Found,
  caller: Caller,
): Request {
  const { world } = room;
  const { needs } = route;
  if (needs === 'app' && caller.kind !== 'app')
    throw new Refusal(401, 'A JSON web token could not be decoded');
  if (needs === 'installation' && caller.kind !== 'installation')
    throw new Refusal(403, 'You must authenticate with an installation access token');
  const strange = [...url.searchParams.keys()].filter((name) => !route.query?.includes(name));
  if (strange.length > 0) throw contract.unknown(`${method} ${route.path}?${strange.join('&')}`);
  const repository = repositoryIn(world, url, params, caller);
  if (repository && typeof needs === 'object') checkNeed(caller, repository, needs);
  if (repository && route.path.endsWith('/{issue_number}'))
    redirectMoved(world, repository, Number(params.issue_number));
  const body = bodyOf(sent);
  contract.checkRequest(method, route.path, body);
  const here = (): Repository => {
    if (!repository) throw notFound();
    return repository;
  };
  return {
    room,
    world,
    method,
    url,
    params,
    body,
    caller,
    hiddenFor,
    get repository() {
      return here();
    },
    issue: () => issueOf(here(), Number(params.issue_number ?? params.pull_number)),
    actor() {
      if (caller.kind === 'installation' || caller.kind === 'person') return caller.actor;
      throw new Refusal(401, 'Requires authentication');
    },
  };
}

function repositoryIn(
  world: World,
  url: URL,
  { owner, repo }: Found['params'],
  caller: Caller,
): Repository | null {
  if (owner === undefined || repo === undefined) return null;
  const rest = url.pathname
    .split('/')
    .slice(4)
    .map((segment) => `/${segment}`);
  return findRepository(world, caller, owner, repo, rest.join(''));
}

function bodyOf(sent: unknown): Body {
  if (sent === undefined) return {};
  if (typeof sent !== 'object' || sent === null) throw new Refusal(400, 'Problems parsing JSON');
  return sent as Body;
}
