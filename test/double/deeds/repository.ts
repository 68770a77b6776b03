import type { Actor, Repository } from '../state.ts';
import { fullName } from '../state.ts';
import { account, commit, role, type World } from '../world.ts';
import { createLabel } from './label.ts';
import { changed } from './pull.ts';

export interface NewRepository {
  readonly private?: boolean;
  readonly labels?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Of the account that owns it, when it is made with the repository. */
  readonly organization?: boolean;
}

/** Who administers every repository that is added. */
export const maintainer = 'maintainer';

/** A repository that was there before anybody looked: nothing is announced. */
export function addRepository(world: World, name: string, given: NewRepository = {}): Repository {
  const [owner, short] = name.split('/');
  if (!owner || !short || world.repositories.has(name.toLowerCase())) throw new Error(`cannot add ${name}`);
  const repository: Repository = {
    id: world.nextId(),
    owner: account(world, owner, given.organization === false ? 'User' : 'Organization'),
    name: short,
    private: given.private ?? false,
    createdAt: world.clock.now(),
    defaultBranch: 'main',
    issues: new Map(),
    nextNumber: 1,
    openIssues: 0,
    labels: new Map(),
    milestones: [],
    roles: new Map([[maintainer, role('admin')]]),
    branches: new Map(),
    trees: new Map(),
    checkRuns: new Map(),
  };
  commit(repository, repository.defaultBranch, new Map(Object.entries(given.files ?? {})));
  world.repositories.set(name.toLowerCase(), repository);
  const by = { account: account(world, maintainer), app: null };
  for (const label of given.labels ?? []) createLabel(world, by, repository, { name: label });
  return repository;
}

/** Gives a repository another name; the old one redirects. */
export function renameRepository(world: World, actor: Actor, repository: Repository, name: string): void {
  const from = repository.name;
  repository.name = name;
  world.repositories.set(fullName(repository).toLowerCase(), repository);
  const changes = { repository: { name: { from } } };
  world.emit({
    event: 'repository',
    action: 'renamed',
    repository,
    sender: actor.account,
    payload: { changes },
  });
}

export function deleteRepository(world: World, actor: Actor, repository: Repository): void {
  world.emit({ event: 'repository', action: 'deleted', repository, sender: actor.account, payload: {} });
  for (const [name, known] of world.repositories) if (known === repository) world.repositories.delete(name);
  for (const { repositories } of world.installations.values()) repositories.delete(repository);
  for (const issue of world.issues.values())
    if (issue.repository === repository) {
      world.issues.delete(issue.id);
      for (const { id } of issue.comments) world.comments.delete(id);
    }
}

/**
 * A commit that writes files, or takes them away (null), and the push that tells of it; on the default branch
 * unless said otherwise. Returns the commit.
 */
export function writeFiles(
  world: World,
  actor: Actor,
  repository: Repository,
  files: Readonly<Record<string, string | null>>,
  { branch = repository.defaultBranch, message = `Change ${Object.keys(files).join(', ')}` } = {},
): string {
  const before = repository.branches.get(branch) ?? '';
  const tree = repository.trees.get(before) ?? new Map<string, string>();
  const after = commit(repository, branch, changed(tree, files));
  const changes = Object.entries(files).map(([path, text]) => {
    const status = text === null ? 'removed' : tree.has(path) ? 'modified' : 'added';
    return { path, status } as const;
  });
  pushed(world, actor, repository, { branch, before, after, message, files: changes });
  return after;
}

interface Push {
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly status: 'added' | 'modified' | 'removed' }[];
}

/** Sends `push`. */
function pushed(world: World, actor: Actor, repository: Repository, push: Push): void {
  const { branch, before, after, message, files } = push;
  const { login } = actor.account;
  const who = { name: login, email: `${login}@users.noreply.github.com`, username: login };
  const paths = (status: string) => files.filter((file) => file.status === status).map(({ path }) => path);
  const html = `${world.at.web}/${fullName(repository)}`;
  const change = {
    id: after,
    tree_id: after,
    distinct: true,
    message,
    timestamp: new Date(world.clock.now()).toISOString(),
    url: `${html}/commit/${after}`,
    author: who,
    committer: who,
    added: paths('added'),
    modified: paths('modified'),
    removed: paths('removed'),
  };
  world.emit({
    event: 'push',
    action: null,
    repository,
    sender: actor.account,
    payload: {
      ref: `refs/heads/${branch}`,
      before,
      after,
      base_ref: null,
      compare: `${html}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      created: false,
      deleted: false,
      forced: false,
      pusher: { name: login, email: who.email },
      commits: [change],
      head_commit: change,
    },
  });
}
