import { presentInstallation } from '../present/app.ts';
import { presentRepositoryName } from '../present/repository.ts';
import type { Actor, Installation, Repository } from '../state.ts';
import type { World } from '../world.ts';

function announce(
  world: World,
  actor: Actor,
  installation: Installation,
  event: 'installation' | 'installation_repositories',
  action: string,
  more: Record<string, unknown>,
): void {
  world.emit({
    event,
    action,
    repository: null,
    sender: actor.account,
    installation,
    payload: { installation: presentInstallation(world.at, world.app, installation), ...more },
  });
}

/** Installs the App, or adds the repositories to the account's installation. */
export function install(world: World, actor: Actor, repositories: readonly Repository[]): Installation {
  const owner = repositories[0]?.owner;
  if (!owner) throw new Error('an installation needs a repository');
  const known = [...world.installations.values()].find(({ account }) => account === owner);
  const installation: Installation = known ?? {
    id: world.nextId(),
    account: owner,
    repositories: new Set(),
    createdAt: world.clock.now(),
    suspendedAt: null,
  };
  const fresh = repositories.filter((repository) => !installation.repositories.has(repository));
  for (const repository of fresh) installation.repositories.add(repository);
  world.installations.set(installation.id, installation);
  const listed = fresh.map(presentRepositoryName);
  if (!known)
    announce(world, actor, installation, 'installation', 'created', {
      repositories: listed,
      requester: null,
    });
  else if (fresh.length > 0) announceRepositories(world, actor, installation, 'added', fresh);
  return installation;
}

function announceRepositories(
  world: World,
  actor: Actor,
  installation: Installation,
  action: 'added' | 'removed',
  repositories: readonly Repository[],
): void {
  const listed = repositories.map(presentRepositoryName);
  announce(world, actor, installation, 'installation_repositories', action, {
    repository_selection: 'selected',
    repositories_added: action === 'added' ? listed : [],
    repositories_removed: action === 'removed' ? listed : [],
    requester: null,
  });
}

/** Takes one repository out of its installation. */
export function takeOut(
  world: World,
  actor: Actor,
  installation: Installation,
  repository: Repository,
): void {
  installation.repositories.delete(repository);
  announceRepositories(world, actor, installation, 'removed', [repository]);
}

export function uninstall(world: World, actor: Actor, installation: Installation): void {
  const repositories = [...installation.repositories].map(presentRepositoryName);
  world.installations.delete(installation.id);
  announce(world, actor, installation, 'installation', 'deleted', { repositories });
}

/** Stops an installation for a while: its tokens are refused and nothing is delivered. */
export function suspend(world: World, actor: Actor, installation: Installation, suspended: boolean): void {
  installation.suspendedAt = suspended ? world.clock.now() : null;
  announce(world, actor, installation, 'installation', suspended ? 'suspend' : 'unsuspend', {});
}
