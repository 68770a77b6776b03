import type { Memory } from '../../src/model/memory.ts';

export const day = 86_400_000;
export const start = Date.UTC(2026, 0, 1);

/** Issue n, with a comment of ours on it that names `signature:leak`. */
export function commented(number: number, given: Partial<Memory> = {}): Memory {
  const createdAt = start + number * day;
  return {
    repository: 'o/r',
    number,
    author: `author-${number}`,
    createdAt,
    state: 'open',
    closedAt: null,
    comment: { id: number, at: createdAt },
    ourLabels: [],
    refusedLabels: [],
    refused: [],
    ignored: false,
    found: ['signature:leak'],
    facts: {},
    notes: {},
    ...given,
  };
}
