import { expect, test } from 'vitest';
import type { IssueRef, Thread } from '../../src/model/issue.ts';
import { resolveRoots } from '../../src/triage/resolve-roots.ts';
import { issue, repository, thread } from '../decide/situations.ts';

const at = (number: number): IssueRef => ({ repository, number });

/** A GitHub with these threads, and what it was asked for, call by call. */
function gitHubOf(...threads: readonly Thread[]) {
  const asked: number[][] = [];
  return {
    asked,
    async threads(refs: readonly IssueRef[]) {
      asked.push(refs.map(({ number }) => number));
      return refs.map(({ number }) => threads.find((one) => one.number === number) ?? null);
    },
  };
}

test('all queries are answered by one call for each round of links, and no thread is asked for twice', async () => {
  const github = gitHubOf(
    thread(1, { duplicateOf: at(3) }),
    thread(2, { duplicateOf: at(4) }),
    thread(3),
    thread(4, { duplicateOf: at(3) }),
  );
  const { roots, threads } = await resolveRoots(
    [
      { issue: issue(), start: [at(1)] },
      { issue: issue(), start: [at(2), at(1)] },
      { issue: issue(), start: [at(9)] },
      { issue: issue(), start: [] },
    ],
    github,
  );
  expect(github.asked).toEqual([
    [1, 2, 9],
    [3, 4],
  ]);
  expect(roots.map((root) => root?.open?.number ?? null)).toEqual([3, 3, null, null]);
  expect(threads.get(`${repository}#9`)).toBeNull();
  expect(threads.size).toBe(5);
});

test('without a GitHub only what needs none is answered', async () => {
  const { roots } = await resolveRoots(
    [
      { issue: issue(), start: [at(1)] },
      { issue: issue(), start: [] },
    ],
    null,
  );
  expect(roots).toEqual([null, { open: null, past: null, fixed: null, reports: 0 }]);
});
