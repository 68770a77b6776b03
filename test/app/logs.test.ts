import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('logged-run.ts', import.meta.url));

test('no log line of a run at trace level holds a token, a key, a secret or somebody\u2019s text', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(status, stderr.slice(-2_000)).toBe(0);
  const { planted } = JSON.parse(stdout) as { planted: Record<string, string> };
  expect(Object.keys(planted).length).toBeGreaterThan(7);
  // The run did something, went wrong in places, and said so.
  for (const word of [
    'accepted',
    'triaged',
    'the job failed',
    'refused: wrong or missing signature',
    'stopped',
  ])
    expect(stderr).toContain(word);
  for (const [what, text] of Object.entries(planted)) expect(stderr.includes(text), what).toBe(false);
  expect(stderr).not.toMatch(/gh[pousr]_[A-Za-z0-9]{8}|Bearer |BEGIN [A-Z ]*PRIVATE KEY/);
});
