import { createHash } from 'node:crypto';
import { type Asker, type Brake, brakeLooksAt, brakeOf, type Sign, witness } from '../learn/index.ts';
import type { Memory } from '../model/memory.ts';
import type { GitHub } from '../ports/github.ts';
import type { NewJob } from '../ports/queue.ts';
import { hasRights, type Scene } from './scene.ts';

/** Sweeps wait for one another: those due within a quarter of an hour are one. */
const together = 900_000;

/** What the people of a repository have said of the last comments there. */
export async function brakeIn({ ports, row }: Scene): Promise<Brake> {
  const { store } = ports;
  const [commented, resumed] = await Promise.all([
    store.commented(row.repository, brakeLooksAt),
    store.get(resumedKey(row.repository)),
  ]);
  return brakeOf(commented, typeof resumed === 'number' ? resumed : 0);
}

/** What is braked, a line each, for issue and digest. */
export function brakeLines({ all, findings }: Brake): readonly string[] {
  const pages = new Map<string, string>();
  for (const [finding, why] of findings) pages.set(finding.slice(finding.indexOf(':') + 1), why);
  return [
    ...(all === null ? [] : [`all comments: ${all}`]),
    ...[...pages].map(([page, why]) => `comments of \`${page}\`: ${why}`),
  ];
}

export function resumedKey(repository: string): string {
  return `resumed:${repository}`;
}

/** Sees to it that people's reactions are read, and an announced close carried out, when the time has come. */
export async function watch({ ports, row }: Scene, memory: Memory): Promise<Memory> {
  const { closing, due } = memory;
  if (memory.comment === null || (due == null && closing == null)) return memory;
  const next = Math.min(due ?? Number.POSITIVE_INFINITY, closing?.at ?? Number.POSITIVE_INFINITY);
  const watched = { ...memory, due: next };
  if (memory.notes.swept !== next) {
    await ports.send([sweepJob(row.repository, row.installation, next)]);
    const remembered = { ...watched, notes: { ...memory.notes, swept: next } };
    await ports.store.putMemory(remembered);
    return remembered;
  }
  return watched;
}

export function sweepJob(repository: string, installation: number, at: number): NewJob {
  return {
    kind: 'sweep',
    repository,
    key: `${repository}:sweep`,
    installation,
    data: {},
    priority: 100,
    notBefore: Math.ceil(at / together) * together,
  };
}

/** Whose word it is. `ghost` is how GitHub shows every deleted account. */
export async function askerOf(
  login: string,
  author: string,
  repository: string,
  github: GitHub,
): Promise<Asker> {
  if (await hasRights(github, repository, login)) return 'maintainer';
  return login.toLowerCase() === author.toLowerCase() && login !== 'ghost' ? 'reporter' : 'other';
}

/** Signs in the order in which they were given. */
export function witnessAll(memory: Memory, signs: readonly Sign[]): Memory {
  return signs.toSorted((a, b) => a.at - b.at).reduce(witness, memory);
}

/** Tells people apart in what is remembered, without their names. */
export function whoIs(login: string): string {
  return createHash('sha256').update(login.toLowerCase()).digest('base64url').slice(0, 12);
}
