import { createHash } from 'node:crypto';
import type { Role } from '../learn/index.ts';
import type { GitHub } from '../ports/github.ts';

/** Whose word it is. `ghost` is how GitHub shows every deleted account. */
export async function askerOf(
  login: string,
  author: string,
  repository: string,
  github: GitHub,
): Promise<Role> {
  if (await hasRights(github, repository, login)) return 'maintainer';
  return login.toLowerCase() === author.toLowerCase() && login !== 'ghost' ? 'reporter' : 'other';
}

/** Tells people apart in what is remembered, without their names. */
export function whoIs(login: string): string {
  return createHash('sha256').update(login.toLowerCase()).digest('base64url').slice(0, 12);
}

const mayTriage = new Set(['admin', 'maintain', 'write', 'triage']);

/** Whether GitHub says that this person may triage; never read from `author_association`. */
export async function hasRights(github: GitHub, repository: string, login: string): Promise<boolean> {
  const { name, permission } = await github.role(repository, login);
  return mayTriage.has(name) || mayTriage.has(permission);
}
