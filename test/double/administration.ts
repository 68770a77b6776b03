import { install, suspend, takeOut, uninstall } from './deeds/installation.ts';
import { createLabel, deleteLabel, renameLabel } from './deeds/label.ts';
import {
  addRepository,
  deleteRepository,
  maintainer,
  type NewRepository,
  renameRepository,
  writeFiles,
} from './deeds/repository.ts';
import type { Installation, Label, Repository, Role } from './state.ts';
import { account, installationOf, notFound, person, repositoryOf, role, type World } from './world.ts';

/** What those who own repositories do; `maintainer` does it unless another login is given. */
export interface Administration {
  /**
   * A repository, public and with nothing in it unless said otherwise; its owner is an organisation of that
   * name, and `maintainer` administers it.
   */
  addRepository(name: string, given?: NewRepository): Repository;
  renameRepository(name: string, to: string): void;
  deleteRepository(name: string): void;
  /** Installs the App on repositories of one account; returns the installation's id. */
  install(...repositories: readonly string[]): number;
  /** Takes one repository out of its installation. */
  takeOut(repository: string): void;
  uninstall(installation: number): void;
  suspend(installation: number): void;
  unsuspend(installation: number): void;
  /** Writes a file of the default branch, or takes it away (null). */
  setFile(repository: string, path: string, text: string | null, by?: string): void;
  /** A built-in role, or a custom one with the permission that it is based on. */
  setRole(repository: string, login: string, name: string, permission?: Role['permission']): void;
  addLabel(repository: string, name: string, description?: string): void;
  renameLabel(repository: string, name: string, to: string): void;
  deleteLabel(repository: string, name: string): void;
}

export function createAdministration(world: World): Administration {
  const named = (name: string): Repository => repositoryOf(world, name);
  const actor = (login = maintainer) => person(world, login);
  const labelOf = (repository: Repository, name: string): Label => {
    const known = repository.labels.get(name.toLowerCase());
    if (!known) throw notFound();
    return known;
  };
  const installed = (installation: Installation | null | undefined): Installation => {
    if (!installation) throw notFound();
    return installation;
  };
  const numbered = (id: number): Installation => installed(world.installations.get(id));

  return {
    addRepository: (name, given) => addRepository(world, name, given),
    renameRepository: (name, to) => renameRepository(world, actor(), named(name), to),
    deleteRepository: (name) => deleteRepository(world, actor(), named(name)),
    install: (...names) => install(world, actor(), names.map(named)).id,
    takeOut: (name) => takeOut(world, actor(), installed(installationOf(world, named(name))), named(name)),
    uninstall: (id) => uninstall(world, actor(), numbered(id)),
    suspend: (id) => suspend(world, actor(), numbered(id), true),
    unsuspend: (id) => suspend(world, actor(), numbered(id), false),
    setFile(name, path, text, by) {
      writeFiles(world, actor(by), named(name), { [path]: text });
    },
    setRole(name, login, roleName, permission) {
      account(world, login);
      named(name).roles.set(login.toLowerCase(), role(roleName, permission));
    },
    addLabel(name, label, description) {
      createLabel(world, actor(), named(name), {
        name: label,
        ...(description !== undefined && { description }),
      });
    },
    renameLabel: (name, from, to) => renameLabel(world, actor(), named(name), labelOf(named(name), from), to),
    deleteLabel: (name, label) => deleteLabel(world, actor(), named(name), labelOf(named(name), label)),
  };
}
