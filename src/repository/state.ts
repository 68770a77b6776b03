import { z } from 'zod';
import { findingKey } from '../decide/index.ts';
import { type FailureGroups, noGroups } from '../digest/index.ts';
import type { Finding } from '../model/finding.ts';
import type { IssueRef } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { Store } from '../ports/store.ts';

/** Where the groups of a repository's unknown failures are kept. */
export function groupsKey(repository: string): string {
  return `emerging:${repository}`;
}

/** Names of groups for which a page is proposed. */
export function proposalsKey(repository: string): string {
  return `proposals:${repository}`;
}

/** By signature, the open thread that was linked last. */
export function rootsKey(repository: string): string {
  return `roots:${repository}`;
}

const rootShape = z.record(z.string(), z.object({ repository: z.string(), number: z.int() }));

export function readRoots(value: unknown): ReadonlyMap<string, IssueRef> {
  return new Map(Object.entries(rootShape.catch({}).parse(value)));
}

export function readGroups(value: unknown): FailureGroups {
  const kept = value as FailureGroups | null;
  return Array.isArray(kept?.groups) && Array.isArray(kept.loose) ? kept : noGroups;
}

export function readNumbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

export function resumedKey(repository: string): string {
  return `resumed:${repository}`;
}

export function templatesKey(repository: string): string {
  return `templates:${repository}`;
}

export function linksKey(repository: string): string {
  return `links:${repository}`;
}

/** The open thread of each known failure, as it was linked last: pages that ask GitHub nothing show it. */
export async function saveOpenRoots(
  repository: string,
  said: readonly Finding[],
  roots: ReadonlyMap<string, Root>,
  store: Pick<Store, 'get' | 'putSoon'>,
): Promise<void> {
  const open = said.flatMap((finding): [string, IssueRef][] => {
    const root = roots.get(findingKey(finding))?.open;
    return root && finding.kind === 'signature'
      ? [[finding.id, { repository: root.repository, number: root.number }]]
      : [];
  });
  if (open.length === 0) return;
  const before = readRoots(await store.get(rootsKey(repository)));
  if (open.every(([id, root]) => before.get(id)?.number === root.number)) return;
  await store.putSoon(rootsKey(repository), Object.fromEntries([...before, ...open]));
}
