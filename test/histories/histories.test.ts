import { expect, test } from 'vitest';
import { playHistory, settingsOf, shrink } from './run.ts';
import { historyOf, printStep } from './steps.ts';

/** Milliseconds within which new histories are begun. */
const patience = 20_000;
const length = 120;

/** Longer, with other seeds: `npm run histories -- --seconds 600`. */
test('whatever people do, in random histories, no promise is broken', { timeout: 180_000 }, async () => {
  const until = performance.now() + patience;
  for (let seed = 1; performance.now() < until; seed += 1) {
    const history = historyOf(seed, length);
    const settings = settingsOf(seed);
    const { steps, wrong } = await playHistory(history, settings);
    const short = wrong.length > 0 ? await shrink(history, steps, settings, 60_000) : [];
    expect({ seed, steps, wrong, short: short.map(printStep) }).toEqual({
      seed,
      steps: length,
      wrong: [],
      short: [],
    });
  }
});
