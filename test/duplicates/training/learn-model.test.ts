import { describe, expect, test } from 'vitest';
import {
  add,
  addAnalysis,
  analyse,
  createClusters,
  createIndex,
  type DuplicateModel,
  evaluate,
  findDuplicates,
  type LinkEvent,
  learnFromIndex,
  readModel,
  restore,
  shippedModel,
  snapshot,
  summarise,
  writeModel,
} from '../../../src/duplicates/index.ts';
import { learnLinkModel } from '../../../src/duplicates/training/learn-link-model.ts';
import { filing } from '../reports.ts';

/** A small tracker: every seventh issue from 30 on says what issue n - 20 said, with one word changed. */
function tracker(count: number) {
  const clusters: number[][] = [];
  const word = (n: number) => `w${((n * 2654435761) >>> 8) % 997}x`;
  const body = (n: number) =>
    `It shows ${word(n)} and ${word(n + 500)} when ${word(n * 3)} runs\n` +
    `error: ${word(n)} is not ${word(n * 7)}`;
  const issues = Array.from({ length: count }, (_, i) => {
    const number = i + 1;
    const repeats = number >= 30 && number % 7 === 0;
    const source = repeats ? number - 20 : number;
    if (repeats) clusters.push([source, number]);
    const title = `${word(source)} ${repeats ? 'breaks' : 'fails'} with ${word(source + 3)}`;
    return analyse(
      filing(number, title, body(source), { closedAt: repeats ? (number + 1) * 86_400_000 : null }),
    );
  });
  return { issues, clusters: joined(clusters) };
}

/** Pairs that share a number become one cluster. */
function joined(pairs: readonly (readonly number[])[]): number[][] {
  const clusters: number[][] = [];
  for (const pair of pairs) {
    const known = clusters.find((cluster) => pair.some((number) => cluster.includes(number)));
    if (known === undefined) clusters.push([...pair]);
    else known.push(...pair.filter((number) => !known.includes(number)));
  }
  return clusters;
}

function tooFew(): never {
  throw new Error('too few duplicates');
}

function trial(from: number, trainUntil = from, shipped: DuplicateModel | null = null) {
  return evaluate({
    ...tracker(1300),
    from,
    trainUntil,
    shipped,
    tooFew,
    now: () => 0,
    progress: () => {},
  });
}

describe('learning', () => {
  const result = trial(1000);

  test('finds what is there to find', () => {
    const summary = summarise(result, 0.9);
    expect(summary.queries).toBeGreaterThan(30);
    expect(summary.recallRate['1']).toBeGreaterThan(0.95);
    expect(summary.links.precision).toBeGreaterThan(0.9);
    expect(summary.links.coverage).toBeGreaterThan(0.5);
  });

  test('learns how likely a link is from what it would have linked, and from a reader', () => {
    expect(result.model.link).not.toEqual(shippedModel().link);
    const { issues, clusters } = tracker(1000);
    const past = {
      issues,
      events: [],
      sameAs: (number: number) =>
        new Set(clusters.find((cluster) => cluster.includes(number))?.filter((other) => other < number)),
    };
    const asked: [number, number][] = [];
    const readPairs = (number: number, earlier: number) => {
      asked.push([number, earlier]);
      return past.sameAs(number).has(earlier) ? 0 : undefined;
    };
    const known = learnLinkModel({ ...past, readPairs: () => undefined });
    const contradicted = learnLinkModel({ ...past, readPairs });
    // Only links of the last three quarters are looked at, each to an earlier issue.
    expect(Math.min(...asked.map(([number]) => number))).toBe(251);
    expect(asked.every(([number, earlier]) => earlier < number)).toBe(true);
    // A mark counts for more than a reader.
    expect(contradicted).toEqual(known);
    const denied = (number: number, earlier: number) => (past.sameAs(number).has(earlier) ? undefined : 0);
    expect(learnLinkModel({ ...past, readPairs: denied })).not.toEqual(known);
    expect(learnLinkModel({ ...past, issues: issues.slice(0, 150), readPairs })).toBeNull();
  }, 90_000);

  test('is the same every time', () => {
    expect(trial(1000)).toEqual(result);
  });

  test('learns nothing from issues at or above the limit', () => {
    const { issues, clusters } = tracker(1300);
    const known = clusters.filter((cluster) => cluster.every((number) => number < 1000));
    const other = evaluate({
      issues: issues.filter(({ number }) => number < 1000),
      clusters: known,
      from: 1000,
      trainUntil: 1000,
      shipped: null,
      tooFew,
      now: () => 0,
      progress: () => {},
    });
    expect(other.model).toEqual(result.model);
  });

  test('an index teaches as much as the issues that went into it', () => {
    const { issues, clusters } = tracker(1300);
    const index = createIndex();
    for (const issue of issues) addAnalysis(index, issue);
    const events = clusters.flatMap(([of = 0, ...others]) =>
      others.map((number): LinkEvent => ({ kind: 'marked', number, of, at: (number + 1) * 86_400_000 })),
    );
    const model = learnFromIndex(index, events);
    expect({ ...model, link: null }).toEqual({
      ...trial(1301, 1301, shippedModel()).model,
      link: null,
    });
    expect(model?.link).toEqual(shippedModel().link);
    const stored = writeModel(model!);
    expect(readModel(JSON.parse(JSON.stringify(stored)))).toEqual(model);
    // What all repositories share is not kept for each.
    expect(JSON.stringify(stored).length).toBeLessThan(20_000);
    expect(readModel({ ...stored, version: 'other features' })).toBeNull();
    expect(restore(snapshot(index))?.latent).toEqual(index.latent);
    expect(learnFromIndex(index, events.slice(0, 8))).toBeNull();
    // A few duplicates say less than those that others have seen.
    const moved = (one: DuplicateModel | null) =>
      Math.hypot(...(one?.ranking.weights ?? []).map((w, f) => w - (shippedModel().ranking.weights[f] ?? 0)));
    const few = learnFromIndex(index, events.slice(0, 20));
    expect(moved(few)).toBeGreaterThan(0);
    expect(moved(few)).toBeLessThan(moved(model) / 2);
  });

  test('a finding names the root and quotes the new issue', () => {
    const index = createIndex();
    add(index, filing(3, 'Socket closes while the parser runs', 'error: socket 17 was closed early'));
    add(index, filing(5, 'Parser: socket closes', 'error: socket 17 was closed early'));
    add(index, filing(6, 'Wrong colour of the window'));
    const clusters = createClusters([{ kind: 'marked', number: 5, of: 3, at: 5 * 86_400_000 }]);
    const issue = filing(
      9,
      'The parser closes its socket',
      'Since today:\nerror: socket 17 was closed early',
    );
    const [finding, ...rest] = findDuplicates(index, clusters, issue, result.model, {
      repository: 'o/r',
      max: 3,
    });
    expect(finding?.id).toBe('o/r#3');
    expect(finding?.kind).toBe('duplicate');
    expect(finding?.evidence[0]).toEqual({
      field: 'errors',
      start: 13,
      end: 46,
      text: 'error: socket 17 was closed early',
    });
    expect(finding?.evidence.filter(({ field }) => field === 'title').map(({ text }) => text)).toEqual([
      'parser closes its socket',
    ]);
    for (const { field, start, end, text } of finding?.evidence ?? []) {
      expect((field === 'title' ? issue.report.title : issue.report.body).slice(start, end)).toBe(text);
    }
    expect(rest.map(({ id }) => id)).not.toContain('o/r#5');
    const none = findDuplicates(index, clusters, issue, result.model, {
      repository: 'o/r',
      max: 3,
      accept: () => false,
    });
    expect(none).toEqual([]);
  });
});
