import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Double, startDouble } from '../../../test/double/double.ts';
import { seeded } from '../../../test/double/random.ts';
import type { Benchmark, Trial } from '../benchmark.ts';
import { environmentOf, runMeasured, scriptWords, startProcess } from '../processes.ts';

const repository = 'org/app';
const words = [
  'server login window terminal reply crash timeout proxy folder config model cache update shell',
  'cursor colour memory queue socket header parse theme history branch commit deploy loop',
].flatMap((line) => line.split(' '));
/** Milliseconds for the App to become ready in. */
const patience = 120_000;
const pause = 5;

/**
 * From the start of `serve` to the first good answer of `/healthz`, on a store that knows a repository's
 * past.
 */
export const start: Benchmark = {
  name: 'start',
  metrics: [{ name: 'start to ready', unit: 'ms', better: 'less' }],
  full: { pairs: 5, seconds: 3, preparing: 25 },
  quick: { pairs: 3, seconds: 3, preparing: 8 },
  async prepare(trial) {
    const double = await startGitHub(trial.quick ? 500 : 3_000);
    try {
      mkdirSync(storeFolder(trial));
      const command = [...scriptWords(trial.checkout, 'signpost'), 'sync', repository];
      await runMeasured(trial, command, settingsOf(double, storeFolder(trial)));
    } finally {
      await double.close();
    }
  },
  async measure(trial) {
    const double = await startGitHub(0);
    // A start leaves jobs behind; the next one begins as this one did.
    const folder = join(trial.checkout.scratch, `start-${performance.now()}`);
    cpSync(storeFolder(trial), folder, { recursive: true });
    try {
      return { 'start to ready': await timeToReady(trial, settingsOf(double, folder)) };
    } finally {
      await double.close();
    }
  },
};

async function timeToReady(
  { checkout, signal }: Trial,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const port = await freePort();
  const env = { ...environmentOf(checkout), ...settings, PORT: String(port) };
  const command = scriptWords(checkout, 'start');
  const started = performance.now();
  const app = startProcess(command, { cwd: checkout.root, env, signal });
  try {
    let complaint: string | null = null;
    void app.ended.then(
      (ended) => (complaint = ended.complaint),
      (error) => (complaint = String(error)),
    );
    while (performance.now() - started < patience) {
      const ready = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return performance.now() - started;
      signal.throwIfAborted();
      if (complaint !== null) throw new Error(`serve ended before it was ready: ${complaint}`);
      await sleep(pause);
    }
    throw new Error(`serve is not ready after ${patience / 1000} s`);
  } finally {
    await app.stop();
  }
}

/** A GitHub in a box with one repository of so many issues. */
async function startGitHub(issues: number): Promise<Double> {
  const double = await startDouble({ validate: 'off' });
  double.addRepository(repository);
  double.install(repository);
  const random = seeded(1);
  const text = (length: number): string =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  for (let n = 0; n < issues; n += 1) double.openIssue({ repository, title: text(6), body: text(200) });
  return double;
}

/** Every setting that a `.env` of the checkout could bring in. */
function settingsOf(double: Double, folder: string): Record<string, string> {
  return {
    APP_ID: String(double.app.id),
    PRIVATE_KEY: double.app.privateKey,
    WEBHOOK_SECRET: double.app.webhookSecret,
    GITHUB_API_URL: double.url,
    GITHUB_TOKEN: '',
    DATABASE_URL: join(folder, 'signpost.sqlite'),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'fatal',
    PAGES_URL: '',
    WORKER_NAME: '',
  };
}

function storeFolder({ checkout }: Trial): string {
  return join(checkout.scratch, 'start');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
