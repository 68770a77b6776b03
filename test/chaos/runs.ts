import { setTimeout as sleep } from 'node:timers/promises';
import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { createLog } from '../../src/process/log.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { compose } from '../../src/server/compose.ts';
import { createTestClock } from '../clock.ts';
import type { Double } from '../double/double.ts';
import { seeded } from '../double/random.ts';
import type { Place } from './databases.ts';
import { startGitHub, unleash } from './github.ts';
import { type AppProcess, startProcess } from './processes.ts';
import type { SharedTime } from './shared-time.ts';
import { createStories, type Ending, endingOf, repository } from './stories.ts';

const issuesPerKill = 3;
const leastIssues = 30;

export interface Storm {
  readonly ending: Ending;
  readonly deliveries: number;
  readonly kills: number;
  /** What was asked of GitHub about an issue, one line a call: for whoever looks into a difference. */
  readonly history: (issue: number) => readonly string[];
}

export interface StormOptions {
  readonly kills: number;
  readonly seed: number;
  readonly place: Place;
  /** After each kill: how many there were. */
  readonly progress?: (kills: number) => void;
}

/** The same people and the same issues, with nothing going wrong. */
export async function runCalm(kills: number, seed: number): Promise<Ending> {
  const clock = createTestClock(400);
  const double = await startGitHub(clock, seed);
  const app = await compose({
    environment: {
      appId: double.app.id,
      privateKey: double.app.privateKey,
      webhookSecret: double.app.webhookSecret,
      githubUrl: double.url,
      store: ':memory:',
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      pagesUrl: null,
      worker: null,
    },
    knowledgeBase: createKnowledgeBase(await readShippedPacks()),
    clock,
    log: createLog('silent'),
  });
  double.sendWebhooksTo(`${app.url}/api/github/webhooks`);
  const stories = createStories(double);
  const total = issuesIn(kills);
  const settle = async (): Promise<void> => {
    await double.settled();
    await app.idle();
    stories.goOn();
  };
  // Time passes when all is done, so that a slow machine makes no issue wait.
  while (stories.numbers.length < total) {
    stories.openNext();
    await settle();
    clock.advance(10_000);
  }
  for (let still = 0, calls = -1; still < 10; still += 1) {
    if (calls !== double.calls.length) still = 0;
    calls = double.calls.length;
    await settle();
    clock.advance(30_000);
  }
  await app.stop();
  const ending = endingOf(double, stories.numbers);
  await double.close();
  return ending;
}

/** The App as processes that are killed, in front of a GitHub that fails. */
export async function runStorm({ kills, place, progress, seed }: StormOptions): Promise<Storm> {
  const time: SharedTime = { factor: 20, start: Date.now(), wall: Date.now() };
  const clock = createTestClock(time.factor, time.start);
  const double = await startGitHub(clock, seed);
  const random = seeded(seed * 7 + 1);
  const settings = {
    APP_ID: String(double.app.id),
    PRIVATE_KEY: double.app.privateKey,
    WEBHOOK_SECRET: double.app.webhookSecret,
    GITHUB_API_URL: double.url,
    DATABASE_URL: place.url,
  };
  const start = async (index: number): Promise<AppProcess> => {
    const started = await startProcess(index === 0 ? 'all' : 'worker', `chaos-${index}`, time, settings);
    if (index === 0) double.sendWebhooksTo(`${started.url}/api/github/webhooks`);
    return started;
  };
  const stories = createStories(double);
  const people = setInterval(() => stories.goOn(), 20);
  const processes: AppProcess[] = [];
  try {
    for (let index = 0; index < place.processes; index += 1) processes.push(await start(index));
    const calm = unleash(double);
    for (let kill = 0; kill < kills; kill += 1) {
      for (let n = 0; n < issuesPerKill; n += 1) {
        stories.openNext();
        await moreCalls(double, random() * 5);
      }
      if (random() < 0.3) await place.dropConnections();
      if (random() < 0.6) await nextWrite(double);
      else await moreCalls(double, random() * 30);
      const index = Math.floor(random() * processes.length);
      await processes[index]?.kill();
      processes[index] = await start(index);
      progress?.(kill + 1);
    }
    while (stories.numbers.length < issuesIn(kills)) stories.openNext();
    calm();
    await quiet(double, place);
    // What was never delivered is found by the next start.
    await processes[0]?.kill();
    processes[0] = await start(0);
    await quiet(double, place);
  } finally {
    clearInterval(people);
    for (const running of processes) await running.kill();
  }
  const ending = endingOf(double, stories.numbers);
  const deliveries = double.deliveries().length;
  await double.close();
  return { ending, deliveries, kills, history: (number) => historyOf(double, number) };
}

function historyOf(double: Double, number: number): readonly string[] {
  const { comments, createdAt } = double.issue(repository, number);
  const ids = [`issues/${number}`, ...comments.map(({ id }) => `comments/${id}`)].join('|');
  const its = new RegExp(`/(${ids})(/|$)`);
  return double.calls
    .filter(({ path }) => its.test(path))
    .map(({ at, body, faults, method, path, status }) => {
      const seconds = ((at - createdAt) / 1000).toFixed(1);
      const sent = method === 'GET' ? '' : JSON.stringify(body)?.slice(0, 120);
      return `${seconds} s: ${method} ${path} ${status} ${faults.join(' ')} ${sent}`;
    });
}

function issuesIn(kills: number): number {
  return Math.max(leastIssues, kills * issuesPerKill);
}

/** Milliseconds of the wall without any call after which nothing more is waited for. */
const stillness = 700;

/** Resolves when so many more calls have come: killing by the clock of a slow machine would let no process get anywhere. */
function moreCalls(double: Double, count: number): Promise<void> {
  const seen = double.calls.length;
  return until(double, () => double.calls.length >= seen + count);
}

/** Resolves in the moment in which GitHub has done what we asked and we may not know it yet. */
function nextWrite(double: Double): Promise<void> {
  let seen = double.calls.length;
  return until(double, () => {
    const written = double.calls.slice(seen).some(isWrite);
    seen = double.calls.length;
    return written;
  });
}

/** Resolves when it holds, or GitHub is asked nothing any more. */
async function until(double: Double, holds: () => boolean): Promise<void> {
  let seen = -1;
  for (let since = 0; !holds(); ) {
    if (double.calls.length !== seen) [seen, since] = [double.calls.length, performance.now()];
    if (performance.now() - since > stillness) return;
    await sleep(1);
  }
}

function isWrite({ method, path }: Double['calls'][number]): boolean {
  return method !== 'GET' && path.includes('/issues/');
}

/**
 * Milliseconds of the wall in which work that is left must write something: a job that failed ten times in a row, as one in
 * a thousand here does, waits up to six hours of the App's clock before it is tried again.
 */
const patience = 1_200_000;

/** Resolves when every delivery is answered and no work is left, for two seconds on end. */
async function quiet(double: Double, place: Place): Promise<void> {
  let until = performance.now() + patience;
  for (let still = 0; performance.now() < until; still += 1) {
    if (still === 5) return;
    await double.settled();
    const writes = double.calls.filter(isWrite).length;
    await sleep(400);
    const written = writes !== double.calls.filter(isWrite).length;
    if (written) until = performance.now() + patience;
    if (written || (await place.jobsLeft()) > 0) still = -1;
  }
  throw new Error('there is work to do, and for twenty minutes none was done');
}
