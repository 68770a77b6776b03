/**
 * `npm run histories -- [--seconds S] [--seed N] [--steps N]`: random histories, one seed after the other, as long as there
 * is time. The first that goes wrong is printed with its seed and the shortest form found. Exit code 0 when all went well.
 */
import { parseArgs } from 'node:util';
import { playHistory, settingsOf, shrink } from './run.ts';
import { historyOf, printStep } from './steps.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '300' },
  },
});
const [seconds, first, length] = [values.seconds, values.seed, values.steps].map(Number);
if (![seconds, first, length].every((value) => Number.isInteger(value) && Number(value) > 0)) {
  console.error('histories: expected --seconds, --seed and --steps to be whole numbers above 0');
  process.exit(2);
}
const until = performance.now() + Number(seconds) * 1_000;
let steps = 0;
let seed = Number(first);
for (; performance.now() < until && process.exitCode === undefined; seed += 1) {
  const history = historyOf(seed, Number(length));
  const settings = settingsOf(seed);
  const outcome = await playHistory(history, settings);
  steps += outcome.steps;
  if (outcome.wrong.length === 0) continue;
  console.log(`seed ${seed}, step ${outcome.steps}:\n- ${outcome.wrong.join('\n- ')}`);
  const short = await shrink(history, outcome.steps, settings, Math.max(60_000, until - performance.now()));
  console.log(`${settings.config}${short.length} steps suffice:\n${short.map(printStep).join('\n')}`);
  process.exitCode = 1;
}
console.log(`${seed - Number(first)} histories, ${steps} steps, ${process.exitCode === 1 ? 1 : 0} failed`);
