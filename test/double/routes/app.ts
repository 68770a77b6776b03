import { invalid } from '../deeds/issue.ts';
import type { Reply, Request, Route } from '../http.ts';
import { created, ok, page } from '../http.ts';
import { presentApp, presentInstallation } from '../present/app.ts';
import { iso, presentRepository } from '../present/repository.ts';
import type { Installation, Repository } from '../state.ts';
import { notFound, Refusal } from '../world.ts';

export const appRoutes: readonly Route[] = [
  { method: 'GET', path: '/app', needs: 'app', handle: ({ world }) => ok(presentApp(world.at, world.app)) },
  {
    method: 'GET',
    path: '/app/installations',
    needs: 'app',
    query: ['per_page', 'page'],
    handle: (request) => {
      const { world } = request;
      return page(request, [...world.installations.values()], (i) =>
        presentInstallation(world.at, world.app, i),
      );
    },
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    needs: 'app',
    handle: (request) =>
      ok(presentInstallation(request.world.at, request.world.app, installationIn(request))),
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    needs: 'app',
    handle: accessToken,
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    needs: 'installation',
    query: ['per_page', 'page'],
    handle(request) {
      const { caller, world } = request;
      const all = caller.kind === 'installation' ? [...caller.repositories] : [];
      const answer = page(request, all, (repository) => presentRepository(world.at, repository));
      return { ...answer, body: { total_count: all.length, repositories: answer.body } };
    },
  },
  {
    method: 'GET',
    path: '/rate_limit',
    needs: 'anyone',
    handle({ room, caller }) {
      const core = room.limits.show(caller, 'core');
      const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
      return ok({ resources: { core, search, graphql: room.limits.show(caller, 'graphql') }, rate: core });
    },
  },
];

function installationIn({ world, params }: Request): Installation {
  const found = world.installations.get(Number(params.installation_id));
  if (!found) throw notFound();
  return found;
}

/** A token for all of an installation's repositories, or for those that the body names, by name or id. */
function accessToken(request: Request): Reply {
  const { world, room, body } = request;
  const installation = installationIn(request);
  if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
  const chosen = chosenRepositories(installation, body.repositories, body.repository_ids);
  const permissions = narrowed(world.app.permissions, body.permissions);
  const { token, expiresAt } = room.tokens.ofInstallation(installation, chosen, permissions);
  return created({
    token,
    expires_at: iso(expiresAt),
    permissions,
    repository_selection: 'selected',
    ...(chosen && { repositories: [...chosen].map((repository) => presentRepository(world.at, repository)) }),
  });
}

function chosenRepositories(
  { repositories }: Installation,
  byName: unknown,
  byId: unknown,
): ReadonlySet<Repository> | null {
  if (!Array.isArray(byName) && !Array.isArray(byId)) return null;
  const wanted: readonly unknown[] = [byName ?? [], byId ?? []].flat();
  const chosen = wanted.map((want) =>
    [...repositories].find(
      ({ id, name }) => id === want || name.toLowerCase() === String(want).toLowerCase(),
    ),
  );
  return new Set(
    chosen.map((repository) => {
      if (!repository) throw invalid('Installation', 'repositories', 'invalid');
      return repository;
    }),
  );
}

/** The permissions that were asked for, each within what was granted. */
function narrowed(
  granted: Readonly<Record<string, string>>,
  wanted: unknown,
): Readonly<Record<string, string>> {
  if (typeof wanted !== 'object' || wanted === null) return granted;
  for (const [name, level] of Object.entries(wanted))
    if (granted[name] !== level && !(granted[name] === 'write' && level === 'read'))
      throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  return { ...(granted.metadata && { metadata: granted.metadata }), ...wanted };
}
