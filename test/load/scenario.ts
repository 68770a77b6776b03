import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../src/adapters/clock.ts';
import { openStores } from '../../src/adapters/open/index.ts';
import type { Place } from '../chaos/databases.ts';
import { type AppProcess, startProcess } from '../chaos/processes.ts';
import { openIssues, prepareStore, startGitHub } from './github.ts';
import type { SenderTask, Sent } from './sender.ts';

export interface Scenario {
  readonly place: Place;
  /** 0: one process does everything; else so many beside one that takes deliveries in. */
  readonly workers: number;
  /** Deliveries a second, and for how long. */
  readonly rate: number;
  readonly seconds: number;
  /** Of GitHub, milliseconds. */
  readonly latency: number;
  /** Whether one of the workers is killed half-way, for good. */
  readonly kill: boolean;
}

export interface Measured {
  readonly deliveries: number;
  readonly refused: number;
  /** Issues that nobody has looked at when no work is left. */
  readonly lost: number;
  /** Looks beyond one at each issue. */
  readonly doubled: number;
  readonly acceptedPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** From the first delivery to the last issue looked at. */
  readonly triagedPerSecond: number;
  /** The greatest age of a job that could run, in seconds. */
  readonly oldestSeconds: number;
  /** Of the largest process: MB resident at its most, and when all was done. */
  readonly mostMemory: number;
  readonly endMemory: number;
}

/** Sends, waits until everything is worked off, and measures from outside. */
export async function measure({ kill, latency, place, rate, seconds, workers }: Scenario): Promise<Measured> {
  const { double, homes } = await startGitHub(latency);
  await prepareStore(place.url, homes);
  const settings = {
    APP_ID: String(double.app.id),
    PRIVATE_KEY: double.app.privateKey,
    WEBHOOK_SECRET: double.app.webhookSecret,
    GITHUB_API_URL: double.url,
    DATABASE_URL: place.url,
  };
  const now = Date.now();
  const time = { factor: 1, start: now, wall: now };
  const processes = await Promise.all([
    startProcess(workers === 0 ? 'all' : 'web', 'load-0', time, settings),
    ...Array.from({ length: workers }, (_, n) => startProcess('worker', `load-${n + 1}`, time, settings)),
  ]);
  const [front] = processes;
  // One that lives beside the server sees what it has remembered.
  const { store } = await openStores(place.url, systemClock, 'tool');
  const remembered = async (): Promise<number> => {
    const memories = await Promise.all(homes.map(({ repository }) => store.issueStates(repository)));
    return memories.reduce((sum, { length }) => sum + length, 0);
  };
  const looks = async (): Promise<number> => {
    const entries = await Promise.all(homes.map(({ repository }) => store.ledger({ repository })));
    return entries.reduce((sum, { length }) => sum + length, 0);
  };
  try {
    // Each process looks at its start for what it has missed: an issue that is there by then would be looked at twice.
    await atRest(place);
    const targets = openIssues(double, homes, rate * seconds);
    const started = performance.now();
    const sending = sendAll({
      url: `${front.url}/api/github/webhooks`,
      secret: double.app.webhookSecret,
      rate,
      targets,
    });
    const killed = kill ? sleep((seconds / 2) * 1000).then(() => processes.pop()?.kill()) : null;
    const { endMemory, mostMemory, oldestSeconds } = await workedOff(processes, remembered, targets.length);
    await killed;
    const triagedPerSecond = targets.length / ((performance.now() - started) / 1000);
    const { latencies, refused, seconds: took } = await sending;
    const sorted = latencies.toSorted((a, b) => a - b);
    return {
      deliveries: latencies.length,
      refused,
      lost: targets.length - (await remembered()),
      doubled: (await looks()) - targets.length,
      acceptedPerSecond: (latencies.length - refused) / took,
      p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      triagedPerSecond,
      oldestSeconds,
      mostMemory,
      endMemory,
    };
  } finally {
    await store.close();
    for (const running of processes) await running.kill();
    await double.close();
  }
}

function sendAll(task: SenderTask): Promise<Sent> {
  const thread = new Worker(new URL('sender.ts', import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

/** How long nothing waits and nothing more is looked at before the rest is lost: a dead worker's jobs move meanwhile. */
const patience = 60_000;

/** Resolves when no job was there for a second. */
async function atRest(place: Place): Promise<void> {
  const since = performance.now();
  for (let rested = 0; rested < 5; rested += 1) {
    await sleep(200);
    if ((await place.jobsLeft()) > 0) rested = 0;
    if (performance.now() - since > patience)
      throw new Error('the processes do not come to rest after their start');
  }
}

/** Resolves when so many issues were looked at, or no more of them will be; watches age and memory meanwhile. */
async function workedOff(
  processes: readonly AppProcess[],
  remembered: () => Promise<number>,
  count: number,
): Promise<Pick<Measured, 'oldestSeconds' | 'mostMemory' | 'endMemory'>> {
  let [oldestSeconds, mostMemory, endMemory] = [0, 0, 0];
  let [known, since] = [-1, performance.now()];
  while (known < count && performance.now() - since < patience) {
    await sleep(200);
    const answer = await fetch(`${processes[0]?.url}/healthz`);
    const health = Object(await answer.json());
    endMemory = Math.max(...processes.map(({ pid }) => residentMegabytes(pid)));
    oldestSeconds = Math.max(oldestSeconds, Number(health.oldestSeconds));
    mostMemory = Math.max(mostMemory, endMemory);
    if (health.waiting > 0) since = performance.now();
    else {
      const now = await remembered();
      if (now > known) [known, since] = [now, performance.now()];
    }
  }
  return { oldestSeconds, mostMemory, endMemory };
}

/** From Linux' own account; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
