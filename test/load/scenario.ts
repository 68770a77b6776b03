import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Place } from '../chaos/databases.ts';
import { type AppProcess, startProcess } from '../chaos/processes.ts';
import { prepareStore, startGitHub } from './github.ts';
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
}

export interface Measured {
  readonly deliveries: number;
  readonly refused: number;
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
export async function measure({ latency, place, rate, seconds, workers }: Scenario): Promise<Measured> {
  const { double, targets } = await startGitHub(rate * seconds, latency);
  await prepareStore(place.url, targets);
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
  try {
    await workedOff(processes, 0);
    const before = await triagedBy(processes);
    const started = performance.now();
    const sending = sendAll({
      url: `${front.url}/api/github/webhooks`,
      secret: double.app.webhookSecret,
      rate,
      targets,
    });
    const { endMemory, mostMemory, oldestSeconds } = await workedOff(processes, before + targets.length);
    const triagedPerSecond = targets.length / ((performance.now() - started) / 1000);
    const { latencies, refused, seconds: took } = await sending;
    const sorted = latencies.toSorted((a, b) => a - b);
    return {
      deliveries: latencies.length,
      refused,
      acceptedPerSecond: (latencies.length - refused) / took,
      p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      triagedPerSecond,
      oldestSeconds,
      mostMemory,
      endMemory,
    };
  } finally {
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

/** Resolves when so many issues were looked at and no job waits; watches age and memory meanwhile. */
async function workedOff(
  processes: readonly AppProcess[],
  triages: number,
): Promise<Pick<Measured, 'oldestSeconds' | 'mostMemory' | 'endMemory'>> {
  const until = performance.now() + 600_000;
  let oldestSeconds = 0;
  let mostMemory = 0;
  while (performance.now() < until) {
    const answer = await fetch(`${processes[0]?.url}/healthz`);
    const health = Object(await answer.json());
    const endMemory = Math.max(...processes.map(({ pid }) => residentMegabytes(pid)));
    oldestSeconds = Math.max(oldestSeconds, Number(health.oldestSeconds));
    mostMemory = Math.max(mostMemory, endMemory);
    if (health.waiting === 0 && (await triagedBy(processes)) >= triages)
      return { oldestSeconds, mostMemory, endMemory };
    await sleep(100);
  }
  throw new Error('after ten minutes there is still work to do');
}

async function triagedBy(processes: readonly AppProcess[]): Promise<number> {
  let sum = 0;
  for (const { url } of processes) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const [, count] of metrics.matchAll(/^signpost_triages_total\{[^}]*\} (\d+)/gm))
      sum += Number(count);
  }
  return sum;
}

/** From Linux' own account; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
