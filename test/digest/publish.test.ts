import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAsApp } from '../../src/adapters/github/connect-app.ts';
import { openSqlite } from '../../src/adapters/open/index.ts';
import { type DigestContext, publishDigests } from '../../src/app/digests/publish.ts';
import { addWeeks, weekOf } from '../../src/digest/index.ts';
import { Later } from '../../src/ports/queue.ts';
import { type Double, startDouble } from '../double/double.ts';

const repository = 'acme/tool';
const on = { weekday: 1, hour: 9, minute: 0, zone: 'Europe/Berlin' };
const day = 86_400_000;

class Killed extends Error {}

let now: number;
let double: Double;
let issues: ReturnType<Double['addRepository']>['issues'];
let context: DigestContext;
let close: () => Promise<void>;
beforeEach(async () => {
  now = Date.parse('2026-11-23T09:00:00Z');
  const clock = { now: () => now, sleep: async () => {}, yield: async () => {} };
  double = await startDouble({ clock });
  issues = double.addRepository(repository).issues;
  double.install(repository);
  const { privateKey, webhookSecret, id, slug } = double.app;
  const credentials = { appId: id, privateKey, webhookSecret, githubUrl: double.url };
  const connection = connectAsApp(credentials, clock, pino({ level: 'silent' }));
  const installation = await connection.app.installation(repository);
  const github = await connection.asInstallation(installation?.id ?? 0, 0);
  const { store } = await openSqlite({ path: ':memory:', clock });
  const write: DigestContext['write'] = async (week, last) => ({
    title: `Digest ${week}`,
    body: `After #${last}`,
  });
  context = { repository, slug, store, github, clock, on, write };
  close = async () => {
    await store.close();
    await double.close();
  };
});
afterEach(() => close());

/** Digests on GitHub, oldest first, as `title state`. */
function digests(): string[] {
  return [...issues.keys()]
    .map((number) => double.issue(repository, number))
    .map(({ title, state }) => `${title} ${state}`);
}

/** Lets the process end at the nth call to store or GitHub, before or after the call took effect. */
function dying(nth: number, moment: 'before' | 'after'): DigestContext {
  let calls = 0;
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          calls++;
          if (calls === nth && moment === 'before') throw new Killed();
          const result: unknown = await value.apply(of, args);
          if (calls === nth) throw new Killed();
          return result;
        };
      },
    });
  return { ...context, store: wrap(context.store), github: wrap(context.github) };
}

/** As the worker does: again until it is done; false when it was killed in between. */
async function run(given: DigestContext): Promise<boolean> {
  for (;;) {
    try {
      await publishDigests(given);
      return true;
    } catch (error) {
      if (error instanceof Killed) return false;
      if (!(error instanceof Later)) throw error;
      now = error.at;
    }
  }
}

describe('publishDigests', () => {
  it('writes each week once, links the last one and closes it', async () => {
    expect(await publishDigests(context)).toEqual(['2026-W47']);
    expect(await publishDigests(context)).toEqual([]);
    now += 7 * day;
    expect(await publishDigests(context)).toEqual(['2026-W48']);
    expect(digests()).toEqual(['Digest 2026-W47 closed', 'Digest 2026-W48 open']);
    expect(double.issue(repository, 2).body).toContain('After #1');
    expect(double.issue(repository, 2).body).toMatch(/^<!-- signpost digest 2026-W48 of acme\/tool -->\n/);
  });

  it('makes up for missed weeks', async () => {
    await publishDigests(context);
    now += 15 * day;
    expect(await publishDigests(context)).toEqual(['2026-W48', '2026-W49']);
    expect(digests()).toEqual(['Digest 2026-W47 closed', 'Digest 2026-W48 closed', 'Digest 2026-W49 open']);
  });

  it.each(['before', 'after'] as const)(
    'makes one issue when it is killed at any step, %s it took effect',
    async (moment) => {
      await run(context);
      for (let nth = 1, done = false; !done; nth++) {
        now += 7 * day;
        done = await run(dying(nth, moment));
        if (!done) await run(context);
        const name = `Digest ${addWeeks(weekOf(now, 'UTC'), -1)}`;
        expect(digests().filter((title) => title.startsWith(name))).toEqual([`${name} open`]);
        expect(digests().filter((title) => title.endsWith('open'))).toHaveLength(1);
        if (done) expect(nth).toBeGreaterThan(8);
      }
    },
  );

  it('finds the issue whose answer was lost, and that of a lost database', async () => {
    double.fault({ kind: 'cut-after', match: { method: 'POST', path: /\/issues$/ }, times: 1 });
    await expect(publishDigests(context)).rejects.toThrow('no answer');
    await publishDigests(context);
    await context.store.put(`digest:${repository}`, null);
    await publishDigests(context);
    expect(digests()).toEqual(['Digest 2026-W47 open']);
  });

  it('does not take a stranger’s issue for its own', async () => {
    double.openIssue({
      repository,
      title: 'Mine',
      body: '<!-- signpost digest 2026-W47 of acme/tool -->',
      author: 'eve',
    });
    await publishDigests(context);
    expect(digests()).toEqual(['Mine open', 'Digest 2026-W47 open']);
  });

  it('gives up a week that GitHub refuses, and waits out the rest', async () => {
    const path = /\/issues$/;
    double.fault({ kind: 'status', status: 502, match: { method: 'POST', path }, times: 1 });
    await expect(publishDigests(context)).rejects.toThrow('502');
    now += 20_000;
    double.fault({ kind: 'status', status: 410, match: { method: 'POST', path }, times: 1 });
    expect(await publishDigests(context)).toEqual(['2026-W47']);
    expect(await publishDigests(context)).toEqual([]);
    expect(digests()).toEqual([]);
  });
});
