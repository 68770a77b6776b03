import type { Caller, Need } from './http.ts';
import type { Repository } from './state.ts';
import { fullName } from './state.ts';
import type { World } from './world.ts';
import { mayTriage, mayWrite, notFound, Refusal, roleOf } from './world.ts';

const forbidden = (): Refusal => new Refusal(403, 'Resource not accessible by integration');

/** The repository a path names: 301 for an old name, 404 for one that the caller cannot see. */
export function findRepository(
  world: World,
  caller: Caller,
  owner: string,
  name: string,
  rest: string,
): Repository {
  const asked = `${owner}/${name}`.toLowerCase();
  const repository = world.repositories.get(asked);
  if (!repository || !visible(caller, repository)) throw notFound();
  if (fullName(repository).toLowerCase() !== asked)
    throw new Refusal(301, 'Moved Permanently', undefined, {
      location: `${world.at.api}/repositories/${repository.id}${rest}`,
    });
  return repository;
}

/** Whether a caller can see a repository. */
export function visible(caller: Caller, repository: Repository): boolean {
  if (!repository.private || caller.kind === 'app') return true;
  if (caller.kind === 'installation') return caller.repositories.has(repository);
  return caller.kind === 'person' && roleOf(repository, caller.actor.account).permission !== 'none';
}

/** 401, 403 or 404 unless the caller may do this in the repository. */
export function checkNeed(caller: Caller, repository: Repository, need: Need): void {
  if (caller.kind === 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  if (caller.kind === 'anonymous') {
    if (need.level === 'write') throw new Refusal(401, 'Requires authentication');
    return;
  }
  if (caller.kind === 'installation') {
    const wanted = typeof need.permission === 'string' ? [need.permission] : need.permission;
    const enough = need.level === 'read' ? ['read', 'write', 'admin'] : ['write', 'admin'];
    const granted = wanted.some((name) => enough.includes(caller.permissions[name] ?? ''));
    const inside = caller.repositories.has(repository);
    if (inside ? !granted : need.level === 'write') throw forbidden();
    return;
  }
  const role = roleOf(repository, caller.actor.account);
  const allowed =
    need.role === 'write'
      ? mayWrite(role)
      : need.role === 'triage'
        ? mayTriage(role)
        : role.permission !== 'none';
  if (!allowed) throw new Refusal(403, 'Must have push access to repository');
}
