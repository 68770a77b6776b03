import type { IssueState } from '../../src/model/issue-state.ts';
import { issueStateOf, type SomeState } from '../issue-states.ts';

export const day = 86_400_000;
export const start = Date.UTC(2026, 0, 1);

/** Issue n, with a comment of ours on it that names `signature:leak`. */
export function commented(number: number, given: SomeState = {}): IssueState {
  const createdAt = start + number * day;
  return issueStateOf({
    repository: 'o/r',
    number,
    author: `author-${number}`,
    createdAt,
    comment: { id: number, at: createdAt },
    findingKeys: ['signature:leak'],
    ...given,
  });
}
