/**
 * The App as a process that can be killed: `serve`, but on the clock of the chaos run. Arguments: role, factor and start of
 * the clock (epoch ms), the wall's time at that start. Says `ready <url>` on stdout.
 */

import { writeSync } from 'node:fs';
import { setEnvironmentData } from 'node:worker_threads';
import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { readEnvironment } from '../../src/process/environment.ts';
import { createLog } from '../../src/process/log.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { compose, type Role } from '../../src/server/compose.ts';
import { warmUp } from '../../src/server/warm-up.ts';
import { createSharedClock, type SharedTime } from './shared-time.ts';

const [role = 'all', factor, start, wall] = process.argv.slice(2);
const time: SharedTime = { factor: Number(factor), start: Number(start), wall: Number(wall) };
setEnvironmentData('time', time);
const clock = createSharedClock(time);
const read = readEnvironment(process.env);
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const { environment } = read;
const knowledgeBase = createKnowledgeBase(await readShippedPacks());
if (role !== 'web') await warmUp(knowledgeBase);
const app = await compose({
  environment,
  knowledgeBase,
  clock,
  log: createLog(environment.logLevel),
  role: role as Role,
  webhookThread: new URL('webhook-thread.ts', import.meta.url),
});
writeSync(1, `ready ${app.url}\n`);
// Ends with its parent, whatever happens to that one.
process.stdin.on('close', () => process.exit(0)).resume();
