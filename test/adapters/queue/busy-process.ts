// A process of the chaos test: accepts deliveries, fetches jobs and completes them until it is killed, and says
// on stdout what it did. Arguments: kind or url, path or schema, worker, folder of key files, `drain` to only work.
import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres, openSqlite } from '../../../src/adapters/open/index.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { LeasedJob } from '../../../src/ports/queue.ts';
import { delivery, newJob } from '../store/samples.ts';

const [kind = '', place = '', worker = '', folder = '', mode = ''] = process.argv.slice(2);
const clock: Clock = { now: () => Date.now(), sleep: (ms) => sleep(ms), yield: async () => {} };
const { store, queue } =
  kind === 'sqlite'
    ? await openSqlite({ path: place, clock })
    : await openPostgres({ url: kind, schema: place, clock, worker, onError: () => {} });

/** One line, written before anything else happens: what is said was done, whenever the process dies. */
function report(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

/**
 * The file of a key exists while its job runs; a dead process's is taken over. It appears with the process's id in it: one
 * that died between creating and writing it would leave a file that says nothing of its owner.
 */
function begin(job: LeasedJob): void {
  const path = join(folder, encodeURIComponent(job.key));
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  for (;;) {
    try {
      linkSync(mine, path);
      unlinkSync(mine);
      return;
    } catch {
      const owner = Number(readFileSync(path, 'utf8'));
      if (owner === process.pid || isAlive(owner)) report('overlap', job.key, owner);
      rmSync(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function run(job: LeasedJob): Promise<void> {
  begin(job);
  await sleep(Math.random() * 10);
  rmSync(join(folder, encodeURIComponent(job.key)), { force: true });
  report('did', String(job.data.guid));
  if (Math.random() < 0.2) await queue.fail(job, 'once more', 1);
  else await queue.complete(job);
}

async function accept(): Promise<void> {
  for (let n = 0; ; n += 1) {
    const guid = `${worker}-${process.pid}-${n}`;
    const issue = Math.floor(Math.random() * 12);
    const repository = `acme/app${issue % 4}`;
    const job = newJob(issue, { repository, key: `${repository}#${issue}`, data: { guid } });
    await store.accept(delivery(guid, { repository, number: issue }), [job]);
    report('accepted', guid);
    await sleep(Math.random() * 40);
  }
}

// Outlives no test that was broken off.
setTimeout(() => process.exit(1), 150_000).unref();
report('ready');
if (mode !== 'drain') for (let i = 0; i < 3; i += 1) void accept();
for (;;) {
  const jobs = await queue.fetch(6);
  await Promise.all(jobs.map(run));
  if (jobs.length > 0) continue;
  const { waiting, running } = await queue.depth();
  if (mode === 'drain' && waiting + running === 0) break;
  await sleep(5);
}
await store.close();
report('drained');
