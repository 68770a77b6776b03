import { createHash } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.ts';
import type { Mention } from './deeds/text.ts';
import type { Addresses } from './present/account.ts';
import type { Account, Actor, App, Comment, Installation, Issue, Repository, Role } from './state.ts';
import { fullName, isIssue } from './state.ts';

/** A webhook before it is addressed: the event's name and what the payload holds beside the usual parts. */
export interface Happening {
  readonly event: string;
  readonly action: string | null;
  readonly repository: Repository | null;
  readonly sender: Account;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Set where the repository does not tell it. */
  readonly installation?: Installation;
}

/** Everything that exists on this GitHub. */
export interface World {
  readonly clock: Clock;
  readonly at: Addresses;
  readonly app: App;
  /** By lower-case login. */
  readonly accounts: Map<string, Account>;
  /** By lower-case `owner/name`; an old name of a renamed repository still leads to it. */
  readonly repositories: Map<string, Repository>;
  readonly installations: Map<number, Installation>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  /** Everybody whom a text notified by naming them, in order. */
  readonly mentions: Mention[];
  /** The next database id; grows by steps that are not 1, as on GitHub. */
  nextId(): number;
  emit(happening: Happening): void;
}

/** An answer other than 2xx, thrown by whatever refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly unknown[] | undefined;

  constructor(
    status: number,
    message: string,
    errors?: readonly unknown[],
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** The account of a login, made on first use; `…[bot]` is a Bot. */
export function account(world: World, login: string, type?: Account['type']): Account {
  const key = login.toLowerCase();
  const known = world.accounts.get(key);
  if (known) return known;
  const made: Account = {
    id: world.nextId(),
    login,
    type: type ?? (login.endsWith('[bot]') ? 'Bot' : 'User'),
  };
  world.accounts.set(key, made);
  return made;
}

export function person(world: World, login: string): Actor {
  return { account: account(world, login), app: login === world.app.bot.login ? world.app : null };
}

export function repositoryOf(world: World, name: string): Repository {
  const found = world.repositories.get(name.toLowerCase());
  if (!found) throw notFound();
  return found;
}

/** The issue at a number: 404 for none and for one that was transferred, 410 for a deleted one. */
export function issueOf(repository: Repository, number: number): Issue {
  const entry = repository.issues.get(number);
  if (entry === 'deleted') throw new Refusal(410, 'This issue was deleted');
  if (isIssue(entry)) return entry;
  throw notFound();
}

/** 301 to where an issue went. GitHub redirects the issue itself, not what lies below it. */
export function redirectMoved(world: World, repository: Repository, number: number): void {
  const entry = repository.issues.get(number);
  if (entry === undefined || entry === 'deleted' || isIssue(entry)) return;
  const { movedTo } = entry;
  throw new Refusal(301, 'Moved Permanently', undefined, {
    location: `${world.at.api}/repositories/${movedTo.repository.id}/issues/${movedTo.number}`,
  });
}

/** The installation that a repository is in, unless it is suspended or there is none. */
export function installationOf(world: World, repository: Repository): Installation | null {
  for (const installation of world.installations.values())
    if (installation.repositories.has(repository)) return installation;
  return null;
}

const roleNames: Readonly<Record<string, Role['permission']>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

/** A built-in role by its name, or a custom one with the permission it is based on. */
export function role(name: string, permission?: Role['permission']): Role {
  const base = permission ?? roleNames[name];
  if (!base) throw new Error(`role ${name}: a custom role needs its base permission`);
  return { name, permission: base };
}

/** What an account may do in a repository; everybody may read a public one. */
export function roleOf(repository: Repository, who: Account): Role {
  if (who === repository.owner) return role('admin');
  return repository.roles.get(who.login.toLowerCase()) ?? role(repository.private ? 'none' : 'read');
}

export const mayTriage = (r: Role): boolean =>
  r.permission === 'admin' || r.permission === 'write' || r.name === 'triage';
export const mayWrite = (r: Role): boolean => r.permission === 'admin' || r.permission === 'write';

/** `OWNER`, `COLLABORATOR` or `NONE`. */
export function association(repository: Repository, who: Account): string {
  if (who === repository.owner) return 'OWNER';
  return mayTriage(roleOf(repository, who)) ? 'COLLABORATOR' : 'NONE';
}

/** A commit of this tree on this branch; its name is the hash of the content and of the commit before. */
export function commit(repository: Repository, branch: string, tree: ReadonlyMap<string, string>): string {
  const hash = createHash('sha1')
    .update(fullName(repository))
    .update(repository.branches.get(branch) ?? '');
  for (const [path, text] of tree) hash.update(path).update('\0').update(text);
  const sha = hash.digest('hex');
  repository.trees.set(sha, tree);
  repository.branches.set(branch, sha);
  return sha;
}

/** The tree at a branch or commit; 404 for an unknown one. */
export function treeAt(
  repository: Repository,
  ref: string = repository.defaultBranch,
): ReadonlyMap<string, string> {
  const tree = repository.trees.get(repository.branches.get(ref.replace(/^refs\/heads\//, '')) ?? ref);
  if (!tree) throw new Refusal(404, `No commit found for the ref ${ref}`);
  return tree;
}

/** The name that git gives a file's content. */
export function blobSha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}
