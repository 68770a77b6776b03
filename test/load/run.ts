/**
 * `npm run load [-- --backend sqlite|postgres] [--rate 200] [--seconds 60]`: signed webhooks over loopback. SQLite in one
 * process; PostgreSQL with one, two and four workers, 50 installations and 50 ms of latency at GitHub; `--kill` kills one of
 * several workers half-way, for good.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { postgresUrl } from '../adapters/store/backends.ts';
import { type Place, postgresPlace, sqlitePlace } from '../chaos/databases.ts';
import { type Measured, measure } from './scenario.ts';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'both' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '1,2,4' },
    kill: { type: 'boolean', default: false },
  },
});
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
const workers = values.workers.split(',').map(Number);
if (![rate, seconds, ...workers].every((n) => Number.isInteger(n) && n > 0)) {
  console.error(
    'load: expected --backend sqlite|postgres|both --rate <n> --seconds <n> --workers 1,2,4 [--kill]',
  );
  process.exit(2);
}

async function show(
  name: string,
  place: Place,
  scenario: { workers: number; latency: number; kill: boolean },
): Promise<void> {
  try {
    const load = loadavg()[0] ?? 0;
    print(name, await measure({ ...scenario, place, rate, seconds }), load);
  } finally {
    await place.remove();
  }
}

function print(name: string, measured: Measured, load: number): void {
  const {
    acceptedPerSecond,
    deliveries,
    doubled,
    endMemory,
    lost,
    mostMemory,
    oldestSeconds,
    p50,
    p99,
    refused,
  } = measured;
  console.log(
    [
      `${name} (load of the machine before: ${load.toFixed(1)})`,
      `  deliveries ${deliveries}, refused ${refused}, lost ${lost}, doubled ${doubled}, accepted ${acceptedPerSecond.toFixed(0)} a second`,
      `  acknowledged in p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      `  triaged ${measured.triagedPerSecond.toFixed(0)} a second, oldest waiting job ${oldestSeconds.toFixed(1)} s`,
      `  memory ${mostMemory.toFixed(0)} MB at most, ${endMemory.toFixed(0)} MB at the end`,
    ].join('\n'),
  );
}

if (values.backend !== 'postgres')
  await show('SQLite, one process', sqlitePlace(), { workers: 0, latency: 0, kill: false });
if (values.backend !== 'sqlite' && postgresUrl !== null)
  for (const count of workers)
    await show(
      `PostgreSQL, one process for webhooks, ${count} working`,
      await postgresPlace(postgresUrl, count + 1),
      { workers: count, latency: 50, kill: values.kill && count > 1 },
    );
