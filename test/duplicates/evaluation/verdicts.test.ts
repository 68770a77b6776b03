import { describe, expect, test } from 'vitest';
import { runInThread } from '../../../src/adapters/threads/run-in-thread.ts';
import { learnLinksTask } from '../../../src/app/learning/learn-links.ts';
import {
  addAnalysis,
  analyse,
  createIndex,
  type DuplicateIndex,
  type JudgedLink,
  judgeHistory,
  judgeVerdicts,
  type LinkEvent,
  type LinkVerdict,
  learnModel,
  recalibrate,
  restore,
  shippedModel,
  snapshot,
  verdictEvents,
} from '../../../src/duplicates/index.ts';
import { isHeldBack } from '../../../src/learn/index.ts';
import { filing } from '../reports.ts';

const day = 86_400_000;
const word = (n: number) => `w${((n * 2654435761) >>> 8) % 997}x`;
const body = (n: number) =>
  `It shows ${word(n)} and ${word(n + 500)} when ${word(n * 3)} runs\n` +
  `error: ${word(n)} is not ${word(n * 7)}`;

/** Every seventh issue from 30 on says what issue n - 20 said; `of` gives the issue that it repeats. */
const of = (number: number): number => (number >= 30 && number % 7 === 0 ? number - 20 : number);

function tracker(count: number): { index: DuplicateIndex; events: LinkEvent[] } {
  const index = createIndex();
  const events: LinkEvent[] = [];
  for (let number = 1; number <= count; number++) {
    const source = of(number);
    const repeats = source !== number;
    const title = `${word(source)} ${repeats ? 'breaks' : 'fails'} with ${word(source + 3)}`;
    const closedAt = repeats ? (number + 1) * day : null;
    addAnalysis(index, analyse(filing(number, title, body(source), { closedAt })));
    if (repeats) events.push({ kind: 'marked', number, of: source, at: (number + 1) * day });
  }
  return { index, events };
}

const verdict = (number: number, right: boolean, given: Partial<LinkVerdict> = {}): LinkVerdict => ({
  number,
  of: number - 20,
  right,
  weight: 1,
  at: (number + 2) * day,
  ...given,
});
const { events, index } = tracker(1100);
const repeats = Array.from({ length: 1100 }, (_, n) => n + 1).filter((n) => of(n) !== n);
const late = repeats.filter((n) => n > 800);
const model = shippedModel();

describe('links that people judged', () => {
  test('are looked for among the best candidates of their issue', () => {
    const judged = judgeVerdicts(
      index,
      events,
      model,
      late.map((n) => verdict(n, true)),
    );
    expect(judged).toHaveLength(late.length);
    expect(judged.filter(({ probability }) => probability > 0.5).length).toBeGreaterThan(late.length / 2);
    const unlike = judgeVerdicts(index, events, model, [verdict(800, false, { of: 799 })]);
    expect(unlike).toEqual([{ right: false, weight: 1, probability: 0 }]);
    // Of an issue that is gone nothing is left to judge.
    expect(judgeVerdicts(index, events, model, [verdict(9999, true)])).toEqual([]);
  });

  test('keep the order of the issues and their weight', () => {
    const [first, second] = late;
    const judged = judgeVerdicts(index, events, model, [
      verdict(second ?? 0, false, { weight: 0.3 }),
      verdict(first ?? 0, true, { weight: 0.6 }),
    ]);
    expect(judged.map(({ right, weight }) => [right, weight])).toEqual([
      [true, 0.6],
      [false, 0.3],
    ]);
  });

  test('count as marks, or take one back', () => {
    expect(verdictEvents([verdict(21, true), verdict(28, false)])).toEqual([
      { kind: 'marked', number: 21, of: 1, at: 23 * day },
      { kind: 'unmarked', number: 28, of: 8, at: 30 * day },
    ]);
  });
});

test('the backtest tells right links from wrong ones by the marks of people', () => {
  const judged = judgeHistory(index, events, model, late);
  expect(judged.length).toBeGreaterThan(late.length / 2);
  const share = judged.filter(({ right }) => right).length / judged.length;
  expect(share).toBeGreaterThan(0.9);
  const unmarked = judgeHistory(index, [], model, late);
  expect(unmarked.every(({ right }) => !right)).toBe(true);
});

describe('the curve', () => {
  const link = (right: boolean, probability: number, weight = 1): JudgedLink => ({
    right,
    probability,
    weight,
  });
  const biasOf = (judged: readonly JudgedLink[]) => recalibrate(model, judged).bias;

  test('goes down where people refuse, up a little where they confirm, and stays where nobody speaks', () => {
    expect(biasOf([])).toBe(0);
    expect(biasOf(Array.from({ length: 6 }, () => link(false, 0.95)))).toBeLessThan(-1);
    expect(biasOf(Array.from({ length: 6 }, () => link(true, 0.6)))).toBeGreaterThan(0.2);
    expect(biasOf(Array.from({ length: 999 }, () => link(true, 0.1)))).toBeLessThanOrEqual(1);
    expect(biasOf(Array.from({ length: 999 }, () => link(false, 0.99)))).toBeGreaterThanOrEqual(-4);
  });

  test('hears a maintainer more than a passer-by', () => {
    expect(biasOf([link(false, 0.95)])).toBeLessThan(biasOf([link(false, 0.95, 0.3)]));
  });

  test('leaves the ranker alone', () => {
    const moved = recalibrate(model, [link(false, 0.95), link(false, 0.95)]);
    expect(moved.ranking).toEqual(model.ranking);
    expect(moved.link).toEqual(model.link);
  });
});

describe('a ranker', () => {
  test('does not learn from issues that are held back', () => {
    const all = learnModel(index, events, () => false);
    const some = learnModel(index, events, (number) => number % 2 === 0);
    expect(all).not.toBeNull();
    expect(some?.ranking ?? null).not.toEqual(all?.ranking);
    expect(learnModel(index, events, () => true)).toBeNull();
  });
});

test('the thread learns from what teaches, and judges what is held back', async () => {
  const verdicts = late.map((number) => verdict(number, number % 3 !== 0));
  const taught = verdicts.filter(({ number }) => !isHeldBack(number));
  const held = verdicts.filter(({ number }) => isHeldBack(number));
  const bytes = snapshot(index);
  const same = restore(bytes) ?? createIndex();
  const input = { index: bytes, events, model, trainingSet: taught, holdOutSet: held, marks: taught };
  const learned = await runInThread(learnLinksTask, input);
  expect(learned.before.holdOutSet).toHaveLength(held.length);
  expect(learned.after.trainingSet).toHaveLength(taught.length);
  expect(learned.before.holdOutSet).toEqual(
    judgeVerdicts(same, [...events, ...verdictEvents(taught)], model, held),
  );
  expect(learned.model.ranking).not.toEqual(model.ranking);
  expect(learned.after.backtest.length).toBeGreaterThan(0);
  expect(await runInThread(learnLinksTask, input)).toEqual(learned);
});
