import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { closeCases } from './closes.ts';
import { otherCases } from './says.ts';
import { createStage } from './stage.ts';

describe('complaints about other bots, and their defects', () => {
  for (const { cannot, config, coveredBy, id, options, play, what } of [...closeCases, ...otherCases]) {
    test(`${id}: ${what}`, { timeout: 60_000 }, async () => {
      if (play === undefined) {
        expect(cannot ?? existsSync(coveredBy ?? '')).toBeTruthy();
        return;
      }
      const stage = await createStage(config, options);
      try {
        await play(stage);
        expect(stage.double.deviations).toEqual([]);
        expect(await stage.run.app().queue.dead()).toEqual([]);
      } finally {
        await stage.run.stop();
      }
    });
  }
});
