import { defineConfig } from 'vitest/config';

const room = process.env.MUTATE_ROOM ?? '*';

/** The tests of the room whose code is broken on purpose: pure ones, so that thousands of runs take minutes. */
export default defineConfig({
  test: {
    include: [`test/${room}/**/*.test.ts`],
    setupFiles: ['test/mutate/fewer-runs.ts'],
    pool: 'threads',
    testTimeout: 30_000,
  },
});
