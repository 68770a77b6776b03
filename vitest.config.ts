import { defineConfig } from 'vitest/config';
import { checkClaims } from './test/in-range.ts';

export default defineConfig({
  plugins: [checkClaims()],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // As published it imports JSON without an attribute, which Node refuses and Vite reads.
    server: { deps: { inline: [/@actions\/workflow-parser/] } },
  },
});
