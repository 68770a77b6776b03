import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { backends, fastClock } from '../store/backends.ts';

const program = join(import.meta.dirname, 'busy-process.ts');

interface Observation {
  readonly accepted: Set<string>;
  readonly did: Map<string, number>;
  readonly overlaps: string[];
}

/** Starts a process and writes down what it says. */
function start(
  args: readonly string[],
  seen: Observation,
): { child: ChildProcess; ready: Promise<void>; ended: Promise<void> } {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'signpost-compiled') },
  });
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [word, what = ''] = line.split(' ');
      if (word === 'ready') resolve();
      if (word === 'accepted') seen.accepted.add(what);
      if (word === 'did') seen.did.set(what, (seen.did.get(what) ?? 0) + 1);
      if (word === 'overlap') seen.overlaps.push(line);
    });
  });
  return { child, ready, ended: Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => {}) };
}

describe.each(backends)('processes killed at work on %s', (name, create) => {
  it('lose nothing that was accepted, and never run two jobs of one key', { timeout: 180_000 }, async () => {
    const kills = Number(process.env.KILLS ?? 10);
    const backend = create();
    const folder = mkdtempSync(join(tmpdir(), 'signpost-keys-'));
    const seen: Observation = { accepted: new Set(), did: new Map(), overlaps: [] };
    const workers = name === 'SQLite' ? ['a'] : ['a', 'b', 'c'];
    const args = (worker: string, mode: string) => [...backend.address, worker, folder, mode];
    const running = new Map(workers.map((worker) => [worker, start(args(worker, 'work'), seen)]));
    try {
      await Promise.all([...running.values()].map(({ ready }) => ready));
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(50 + Math.random() * 300);
        const worker = workers[kill % workers.length] ?? 'a';
        const victim = running.get(worker);
        victim?.child.kill('SIGKILL');
        await victim?.ended;
        const next = start(args(worker, 'work'), seen);
        running.set(worker, next);
        await next.ready;
      }
      for (const { child, ended } of running.values()) {
        child.kill('SIGKILL');
        await ended;
      }
      // One that never ran before: what the dead had in hand comes back to it after their silence.
      const last = start(args('last', 'drain'), seen);
      await last.ended;

      expect(seen.overlaps).toEqual([]);
      expect(seen.accepted.size).toBeGreaterThan(kills);
      expect([...seen.accepted].filter((guid) => !seen.did.has(guid))).toEqual([]);
      const { queue, store } = await backend.open(fastClock(1));
      expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
      await store.close();
    } finally {
      for (const { child } of running.values()) child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
      await backend.destroy();
    }
  });
});
