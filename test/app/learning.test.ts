import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newJob } from '../../src/app/jobs.ts';
import { run as models } from '../../src/cli/commands/models.ts';
import { isHeldBack } from '../../src/learn/index.ts';
import { createHistoryCache } from '../../src/repository/histories.ts';
import { readRegistry, rollBack, saveRegistry } from '../../src/repository/model-registry.ts';
import { createStage, type Stage } from '../cases/stage.ts';
import { home } from './run-app.ts';

/** A page of the repository's own: its rule cannot tell the kettle from a toy of it. */
const page = `---
id: kettle-leaks
title: The kettle leaks
category: local-runtime
labels: []
threads: []
match:
  all:
    - text: kettle is leaking
samples:
  matches:
    - text: my kettle is leaking on the stove since yesterday
    - text: kettle is leaking at its spout, water everywhere
    - text: the kettle is leaking, it boils over the stove
    - text: kettle is leaking after a month of boiling water
  differs:
    - text: how do I clean the kettle
    - text: the kettle whistles too loudly
---
${['What this error means', 'Why this happens', 'Common causes', 'Quick fixes', 'Platform checks', 'Troubleshooting', 'Prevention'].map((heading) => `## ${heading}\n\n1. Text.\n`).join('\n')}`;

const real = (n: number) => ({
  title: `kettle is leaking (${n})`,
  body: `My kettle is leaking on the stove, water boils over. It is number ${n} of the house.`,
});
const toy = (n: number) => ({
  title: `kettle is leaking (${n})`,
  body: `In the doll house the plastic toy kettle is leaking paint, toddlers play with it. Number ${n}.`,
});

// Dozens of issues each, with a second of GitHub's between two comments.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let stage: Stage;
let database: string;

const learn = async (of: Stage): Promise<void> => {
  const { queue, store } = of.run.app();
  const installation = (await store.repository(home))?.installation ?? null;
  await queue.send([newJob('learn-from-verdicts', { repository: home, installation }, {})]);
  await of.settle();
};
const spokenOf = async (of: Stage, given: { title: string; body: string }): Promise<boolean> => {
  const number = of.open({ ...given, author: `asks-${given.body.length}` });
  await of.settle();
  return of.comment(number).includes('The kettle leaks');
};
/** Issues by as many people, with a comment of ours on each, of which each reporter then says something. */
const hearings = async (
  of: Stage,
  count: number,
  report: (n: number) => { title: string; body: string },
  says: string | null,
  by = (n: number) => `person-${n}`,
): Promise<number[]> => {
  const numbers = Array.from({ length: count }, (_, n) => of.open({ ...report(n), author: by(n) }));
  await of.settle();
  for (const [n, number] of numbers.entries()) {
    expect(of.comment(number)).toContain('The kettle leaks');
    if (says !== null) of.double.comment(of.at(number), says, by(n));
  }
  await of.settle();
  return numbers;
};
const start = async (store = ':memory:'): Promise<Stage> => {
  const made = await createStage('mode: advise\npacks: []\n', {
    files: { '.github/signatures/kettle-leaks.md': page },
    store,
  });
  // The brake would stop the page long before: here people go on listening.
  await made.run.app().store.put(`resumed:${home}`, Number.MAX_SAFE_INTEGER);
  return made;
};
const no = 'No, this is a different problem.';
const yes = 'Yes, same here.';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-learning-'));
  database = join(folder, 'signpost.sqlite');
  stage = await start(database);
});
afterAll(async () => {
  expect(stage.double.deviations).toEqual([]);
  await stage.run.stop();
  await rm(folder, { recursive: true });
});

describe('a page that is refused in one kind of report', () => {
  let refused: number[];
  test('is quieter there after the next learning, as loud elsewhere, and says why', async () => {
    refused = await hearings(stage, 9, toy, no, (n) => `toy-${n}`);
    await hearings(stage, 9, real, yes, (n) => `cook-${n}`);
    expect(await spokenOf(stage, toy(100))).toBe(true);
    await learn(stage);
    expect(await spokenOf(stage, toy(1000))).toBe(false);
    expect(await spokenOf(stage, real(1000))).toBe(true);
    const { store } = stage.run.app();
    const [entry] = (await store.ledger({ repository: home })).filter(({ plan }) => plan.learned);
    expect(entry).toMatchObject({ number: null, calls: [] });
    expect(entry?.plan.learned?.[0]).toMatch(
      /^signatures version 1: kettle-leaks, from 9 confirmations and 9 refusals; held-back verdicts: \d right and [1-9] wrong before, \d right and 0 wrong after, of \d; backtest: /,
    );
    const seen = (await store.ledger({ repository: home })).flatMap(({ plan }) => plan.withheld);
    expect(seen.join('\n')).toMatch(
      /not said: signature kettle-leaks, \d+ %.*people's verdicts here count against it, -\d\.\d in log-odds/,
    );
  });

  test('learns nothing more from the same verdicts', async () => {
    await learn(stage);
    const { versions } = await readRegistry(stage.run.app().store, home);
    expect(versions.map(({ kind, version }) => `${kind} ${version}`)).toEqual(['signatures 1']);
  });

  test('speaks again after a rollback, and the same verdicts do not silence it anew', async () => {
    const listed = await runModels(['list', home], { json: true });
    expect(JSON.parse(listed.out)).toMatchObject({
      inUse: { signatures: 1, links: 0, bars: 0 },
      versions: [{ kind: 'signatures', version: 1, state: 'adopted', inUse: true }],
    });
    const { store } = stage.run.app();
    expect(await rollBack(store, home, null, stage.clock.now())).toEqual({
      kind: 'signatures',
      from: 1,
      to: 0,
    });
    expect((await store.ledger({ repository: home })).at(-1)?.plan.learned).toEqual([
      'signatures version 1 was rolled back to what there was at first',
    ]);
    expect(await spokenOf(stage, toy(10_000))).toBe(true);
    await saveRegistry(store, home, { ...(await readRegistry(store, home)), verdictsLearnedFrom: 0 });
    await learn(stage);
    const { active, versions } = await readRegistry(store, home);
    expect(active.signatures).toBe(0);
    expect(versions.map(({ state }) => state)).toContain('rolled back');
    expect(await runModels(['rollback', home, 'signatures'])).toEqual({
      code: 1,
      out: 'nothing was learned there that could be rolled back\n',
    });
  });

  test('an issue that is deleted leaves nothing that was learned from it', async () => {
    const { store } = stage.run.app();
    const [number = 0] = refused;
    expect((await store.issueState(home, number))?.trainingSample).toBeDefined();
    stage.double.deleteIssue(stage.at(number), 'maintainer');
    await stage.settle();
    expect(await store.issueState(home, number)).toBeNull();
    expect(await store.ledger({ repository: home, number })).toEqual([]);
    const kept = await createHistoryCache(store, {
      now: Date.now,
      sleep: async () => {},
      yield: async () => {},
    }).of(home, {
      issuesSince: async () => [],
    });
    expect(kept.index.slots.has(number)).toBe(false);
    expect(kept.index.slots.has(refused[1] ?? 0)).toBe(true);
  });

  test('uninstalling takes the models along', async () => {
    const { store } = stage.run.app();
    const bytes = async (): Promise<Uint8Array | null> =>
      store.blob(`model:${home}:signatures:1`, 'adjustments 1');
    expect(await bytes()).not.toBeNull();
    stage.double.takeOut(home);
    await stage.settle();
    expect(await bytes()).toBeNull();
    expect((await readRegistry(store, home)).versions).toEqual([]);
  });
});

describe('a flood', () => {
  let flooded: Stage;
  beforeAll(async () => {
    flooded = await start();
  });
  afterAll(() => flooded.run.stop());

  test('of one stranger\u2019s refusals teaches nothing', async () => {
    const numbers = await hearings(flooded, 12, real, null, (n) => `cook-${n}`);
    for (const number of numbers) flooded.double.comment(flooded.at(number), no, 'passer-by');
    await flooded.settle();
    expect(
      (await flooded.run.app().store.issueState(home, numbers[0] ?? 0))?.feedback.verdicts,
    ).toMatchObject([{ kind: 'refused', by: 'other' }]);
    await learn(flooded);
    expect((await readRegistry(flooded.run.app().store, home)).versions).toEqual([]);
    expect(await spokenOf(flooded, real(100))).toBe(true);
  });

  test('of one reporter\u2019s confirmations of what is wrong makes nothing louder', async () => {
    await hearings(flooded, 12, toy, yes, () => 'prankster');
    await hearings(flooded, 8, toy, no, (n) => `toy-${n}`);
    await hearings(flooded, 4, real, yes, (n) => `friend-${n}`);
    await learn(flooded);
    expect(await spokenOf(flooded, toy(1000))).toBe(false);
    expect(await spokenOf(flooded, real(1000))).toBe(true);
  });
});

describe('a page that is refused in every kind of report', () => {
  test('falls silent, by the bar where nothing in the text tells right from wrong', async () => {
    const silenced = await start();
    // Equal texts, and nobody is of one mind: only the bar can keep the promise.
    const numbers = await hearings(silenced, 18, real, null, (n) => `cook-${n}`);
    for (const [n, number] of numbers.entries())
      silenced.double.comment(silenced.at(number), n % 6 === 0 ? yes : no, `cook-${n}`);
    await silenced.settle();
    await learn(silenced);
    const { versions } = await readRegistry(silenced.run.app().store, home);
    expect(versions.length).toBeGreaterThan(0);
    expect(await spokenOf(silenced, real(1000))).toBe(false);
    const page = (await silenced.run.app().store.ledger({ repository: home })).at(-1);
    expect(page?.plan.withheld.join()).toContain('kettle-leaks');
    await silenced.run.stop();
  });
});

describe('a model that would be worse', () => {
  test('on what was held back is not adopted, however many refusals taught it', async () => {
    const torn = await start();
    const numbers = await hearings(torn, 18, real, null, (n) => `cook-${n}`);
    for (const [n, number] of numbers.entries())
      torn.double.comment(torn.at(number), isHeldBack(number) ? yes : no, `cook-${n}`);
    await torn.settle();
    await learn(torn);
    expect((await readRegistry(torn.run.app().store, home)).versions).toEqual([]);
    expect(await spokenOf(torn, real(1000))).toBe(true);
    await torn.run.stop();
  });
});

describe('links that people refuse', () => {
  test('are not made any more between reports like those, after the next learning', async () => {
    const linked = await createStage('mode: advise\npacks: []\n');
    await linked.run.app().store.put(`resumed:${home}`, Number.MAX_SAFE_INTEGER);
    // As many problems as there are pairs, each in words of its own.
    const word = (n: number) => `w${((n * 2654435761) >>> 8) % 997}x`;
    const alike = (n: number) => ({
      title: `${word(n)} breaks with ${word(n + 3)}`,
      body: `It shows ${word(n)} and ${word(n + 500)} when ${word(n * 3)} runs\n\n\`\`\`\nError: ${word(n)} is not ${word(n * 7)}\n    at ${word(n + 9)} (${word(n + 4)}.js:4:2)\n\`\`\``,
    });
    for (const n of [...Array.from({ length: 14 }, (_, at) => at + 1), 99, 100])
      linked.open({ ...alike(n), author: 'first' });
    await linked.settle();
    const isLinked = async (n: number): Promise<number | null> => {
      const number = linked.open({ ...alike(n), author: `person-${n}` });
      await linked.settle();
      return linked.comment(number).includes('Probably reported before') ? number : null;
    };
    for (let n = 1; n <= 14; n += 1) {
      const number = await isLinked(n);
      expect(number).not.toBeNull();
      await linked.addComment(number ?? 0, no, `person-${n}`);
    }
    await learn(linked);
    const { active, versions } = await readRegistry(linked.run.app().store, home);
    expect(versions.length).toBeGreaterThan(0);
    expect(active.links + active.bars).toBeGreaterThan(0);
    expect(await isLinked(99)).toBeNull();
    await rollBack(linked.run.app().store, home, null, linked.clock.now());
    if (active.links > 0 && active.bars > 0)
      await rollBack(linked.run.app().store, home, null, linked.clock.now());
    expect(await isLinked(100)).not.toBeNull();
    await linked.run.stop();
  });
});

async function runModels(
  args: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<{ code: number; out: string }> {
  let out = '';
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = database;
  const code = await models(args, options, {
    stdout: (text: string) => {
      out += text;
    },
    stderr: (text: string) => {
      out += text;
    },
    readFile: () => Promise.reject(new Error('no file is read')),
    readDir: () => Promise.reject(new Error('no folder is read')),
  });
  if (before === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = before;
  return { code, out };
}
