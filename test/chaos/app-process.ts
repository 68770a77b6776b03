/**
 * The App as a process that can be killed: `serve`, but on the clock of the chaos run. Arguments: role, factor and start of
 * the clock (epoch ms), the wall's time at that start. Says `ready <url>` on stdout.
 */
import { writeSync } from 'node:fs';
import { setEnvironmentData } from 'node:worker_threads';
import { compose, type Role } from '../../src/entry/compose.ts';
import { readEnvironment } from '../../src/entry/environment.ts';
import { createLibrary } from '../../src/entry/library.ts';
import { createLog } from '../../src/entry/log.ts';
import { warmUp } from '../../src/entry/warm-up.ts';
import { createSharedClock, type SharedTime } from './shared-time.ts';

const [role = 'all', factor, start, wall] = process.argv.slice(2);
const time: SharedTime = { factor: Number(factor), start: Number(start), wall: Number(wall) };
setEnvironmentData('time', time);
const clock = createSharedClock(time);
const read = readEnvironment(process.env);
if ('complaints' in read) throw new Error(JSON.stringify(read.complaints));
const { environment } = read;
const library = await createLibrary();
if (role !== 'web') await warmUp(library);
const app = await compose({
  environment,
  library,
  clock,
  log: createLog(environment.logLevel),
  role: role as Role,
  door: new URL('door-thread.ts', import.meta.url),
});
writeSync(1, `ready ${app.url}\n`);
// Ends with its parent, whatever happens to that one.
process.stdin.on('close', () => process.exit(0)).resume();
