import { setTimeout as sleep } from 'node:timers/promises';
import { compose } from '../../src/entry/compose.ts';
import { createLibrary } from '../../src/entry/library.ts';
import { createLog } from '../../src/entry/log.ts';
import { createTestClock } from '../clock.ts';
import type { Double } from '../double/double.ts';
import { seeded } from '../double/random.ts';
import type { Place } from './databases.ts';
import { startGitHub, unleash } from './github.ts';
import { type AppProcess, type SharedTime, startProcess } from './processes.ts';
import { createStories, type Ending, endingOf } from './stories.ts';

const issuesPerKill = 3;
const leastIssues = 30;

export interface Storm {
  readonly ending: Ending;
  readonly deliveries: number;
  readonly kills: number;
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
    library: await createLibrary(),
    clock,
    log: createLog('silent'),
  });
  double.sendWebhooksTo(`${app.url}/api/github/webhooks`);
  const stories = createStories(double);
  const total = issuesIn(kills);
  while (stories.numbers.length < total) {
    stories.openNext();
    await clock.sleep(10_000);
    stories.goOn();
  }
  for (let calls = -1; calls !== double.calls.length; ) {
    calls = double.calls.length;
    await double.settled();
    await app.idle();
    stories.goOn();
  }
  await app.stop();
  const ending = endingOf(double, stories.numbers);
  await double.close();
  return ending;
}

/** The App as processes that are killed, in front of a GitHub that fails. */
export async function runStorm({ kills, place, progress, seed }: StormOptions): Promise<Storm> {
  const time: SharedTime = { factor: 25, start: Date.now(), wall: Date.now() };
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
        await sleep(random() * 60);
      }
      if (random() < 0.3) await place.dropConnections();
      if (random() < 0.6) await nextWrite(double);
      else await sleep(random() * 300);
      const index = Math.floor(random() * processes.length);
      await processes[index]?.kill();
      processes[index] = await start(index);
      progress?.(kill + 1);
    }
    while (stories.numbers.length < issuesIn(kills)) stories.openNext();
    calm();
    await quiet(double, processes);
    // What was never delivered is found by the next start.
    await processes[0]?.kill();
    processes[0] = await start(0);
    await quiet(double, processes);
  } finally {
    clearInterval(people);
    for (const running of processes) await running.kill();
  }
  const result = { ending: endingOf(double, stories.numbers), deliveries: double.deliveries().length, kills };
  await double.close();
  return result;
}

function issuesIn(kills: number): number {
  return Math.max(leastIssues, kills * issuesPerKill);
}

/** Resolves in the moment in which GitHub has done what we asked and we may not know it yet; after a second at the latest. */
async function nextWrite(double: Double): Promise<void> {
  const until = performance.now() + 1_000;
  const seen = double.calls.length;
  while (performance.now() < until) {
    const isWrite = double.calls
      .slice(seen)
      .some(({ method, path }) => method !== 'GET' && path.includes('/issues/'));
    if (isWrite) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Longer than most retries wait: regular work goes on for ever, so what is waited for is that nothing is written. */
const stillFor = 10_000;

/** Resolves when no job could run and nothing was written for ten seconds. */
async function quiet(double: Double, processes: readonly AppProcess[]): Promise<void> {
  const until = performance.now() + 300_000;
  const writes = (): number =>
    double.calls.filter(({ method, path }) => method !== 'GET' && path.includes('/issues/')).length;
  for (let seen = -1, since = 0; performance.now() < until; ) {
    await sleep(500);
    const { oldestSeconds } = Object(await (await fetch(`${processes[0]?.url}/healthz`)).json());
    if (seen !== writes() || oldestSeconds > 60) [seen, since] = [writes(), performance.now()];
    if (performance.now() - since > stillFor) return;
  }
  throw new Error('five minutes after the storm there is still work to do');
}
