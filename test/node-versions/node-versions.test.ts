import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readArguments } from './arguments.ts';
import { createNpm } from './npm.ts';
import { table } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'signpost-npm-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every major version of engines is tried with every step', () => {
  expect(readArguments([])).toEqual({
    nodes: ['22', '24', '26'],
    steps: ['check', 'demo', 'test'],
    json: false,
  });
  expect(readArguments(['26', '22.20.0', '--only', 'demo,check', '--json'])).toEqual({
    nodes: ['26', '22.20.0'],
    steps: ['demo', 'check'],
    json: true,
  });
});

test.each([['v22'], ['22.1'], ['--only', 'demos'], ['--only', ''], ['--all']])(
  'what is not understood is refused: %s %s',
  (...args) => expect(() => readArguments(args)).toThrow(args.at(-1)),
);

test('the table has a line for each Node, and leaves open what did not run', () => {
  const demo = { ok: true, seconds: 12, warnings: [] };
  const check = { ok: false, seconds: 3, warnings: [] };
  const outcomes = [
    { version: 'v22.1.0', steps: { demo, check } },
    { version: 'v24.1.0', steps: { demo } },
  ];
  expect(table(outcomes, ['check', 'demo']).split('\n')).toEqual([
    'Node          check         demo',
    'v22.1.0       FAILED 3 s    fine 12 s',
    'v24.1.0                     fine 12 s',
    '',
  ]);
});

describe.skipIf(process.env.npm_execpath === undefined)(
  'npm (skipped where it did not start the tests)',
  () => {
    test('runs on the Node that is asked for, and says how it ended', async () => {
      const npm = createNpm(new AbortController().signal);
      const fine = await npm(['exec', '-c', 'node -p process.version'], folder);
      expect({ ...fine, output: fine.output.trim() }).toMatchObject({ ok: true, output: process.version });
      const failed = await npm(['exec', '-c', 'node no-such-file.js'], folder);
      expect(failed).toMatchObject({ ok: false, output: expect.stringContaining('no-such-file.js') });
    });

    test('is stopped with all that it started', async () => {
      const stop = new AbortController();
      const script = `require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => 0, 1000)`;
      const running = createNpm(stop.signal)(['exec', '-c', `node -e "${script}"`], folder);
      const pid = await vi.waitFor(() => {
        const written = Number(readFileSync(join(folder, 'pid'), 'utf8'));
        expect(written).toBeGreaterThan(0);
        return written;
      }, 20_000);
      stop.abort('SIGINT');
      await expect(running).rejects.toBe('SIGINT');
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5_000);
    });
  },
);
