// `npm run race` with real git in a repository of its own: what it checks out, and that nothing of it is
// left.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layOut, removeAbandoned } from '../../bench/race/worktree.ts';

const program = fileURLToPath(new URL('../../bench/race/run.ts', import.meta.url));
const lock = (version: string) =>
  JSON.stringify({ name: 'app', version, lockfileVersion: 3, packages: { '': { name: 'app', version } } });
/** Stands for Signpost, and is busy until it is ended. */
const busy = `import { writeFileSync } from 'node:fs';
writeFileSync(process.env.TMPDIR + '/busy', String(process.pid));
setInterval(() => {}, 1000);
`;
let [folder, root, temporary] = ['', '', ''];
/** What a test has started, busy ones included: a test that fails leaves none of it behind. */
const started = new Set<number>();
const { signal } = new AbortController();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'signpost-of-race-')));
  [root, temporary] = [join(folder, 'app'), join(folder, 'tmp')];
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  mkdirSync(temporary);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
  writeFileSync(
    join(root, 'package.json'),
    '{"name":"app","version":"1.0.0","scripts":{"signpost":"node busy.mjs"}}',
  );
  writeFileSync(join(root, 'package-lock.json'), lock('1.0.0'));
  writeFileSync(join(root, 'busy.mjs'), busy);
  writeFileSync(join(root, '.gitignore'), 'node_modules\n');
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--no-verify', '-m', 'One');
});

afterEach(() => {
  for (const pid of started)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // As it should be: it has ended.
    }
  started.clear();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

/** Of the repository, its own included. */
function worktrees(): number {
  return git('worktree', 'list').trim().split('\n').length;
}

describe('the other checkout', () => {
  it('is the commit, with the packages and the data of this one, and goes with the race', async () => {
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared', 'data.txt'), 'data');
    writeFileSync(join(root, 'busy.mjs'), 'changed');
    writeFileSync(join(root, 'node_modules', 'kept'), '');
    const field = await layOut(root, 'HEAD', signal);
    const { there } = field;
    expect([there.name, readFileSync(join(there.root, 'busy.mjs'), 'utf8')]).toEqual(['HEAD', busy]);
    expect(readFileSync(join(there.root, '..', 'shared', 'data.txt'), 'utf8')).toBe('data');
    expect(existsSync(join(there.root, 'node_modules', 'kept'))).toBe(true);
    expect(field.here.root).toBe(root);
    await field.remove();
    expect([worktrees(), readdirSync(temporary)]).toEqual([1, []]);
    expect(existsSync(join(root, 'node_modules', 'kept'))).toBe(true);
    expect(existsSync(join(folder, 'shared', 'data.txt'))).toBe(true);
  });

  it('gets packages of its own where its lock file is another', async () => {
    writeFileSync(join(root, 'package-lock.json'), lock('1.0.1'));
    const { remove, there } = await layOut(root, 'HEAD', signal);
    const packages = lstatSync(join(there.root, 'node_modules'), { throwIfNoEntry: false });
    expect(packages?.isSymbolicLink() ?? false).toBe(false);
    await remove();
  });

  it('is refused with one line where there is no such commit', async () => {
    await expect(layOut(root, 'nowhere', signal)).rejects.toThrow(
      /^nowhere: no such commit in .* \(expected [^\n]*\)$/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });
});

// Windows has no signals to catch.
describe.skipIf(process.platform === 'win32')('a race that is ended', () => {
  it('by Ctrl-C leaves no process, no worktree and no file', async () => {
    const race = startRace();
    const pid = await busyProcess();
    expect(worktrees()).toBe(2);
    race.kill('SIGINT');
    expect(await once(race, 'exit')).toEqual([130, null]);
    expect([worktrees(), readdirSync(temporary)]).toEqual([1, []]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('by SIGKILL is cleared away by the next one', async () => {
    const race = startRace();
    const pid = await busyProcess();
    await removeAbandoned(root);
    expect(worktrees()).toBe(2);
    race.kill('SIGKILL');
    await once(race, 'exit');
    process.kill(pid, 'SIGKILL');
    await removeAbandoned(root);
    expect([worktrees(), readdirSync(temporary)]).toEqual([1, []]);
  });

  it('by the end of what it measures says so in one line, exits with 2 and leaves nothing', async () => {
    const race = startRace();
    let complaint = '';
    race.stderr?.on('data', (text) => {
      complaint += text;
    });
    process.kill(await busyProcess());
    expect(await once(race, 'close')).toEqual([2, null]);
    expect(complaint).toMatch(
      /\nrace: explain in HEAD: "node busy.mjs explain [^\n]* ended with a signal\n$/,
    );
    expect([worktrees(), readdirSync(temporary)]).toEqual([1, []]);
  });
});

function startRace(): ChildProcess {
  const race = spawn(process.execPath, [program, 'HEAD', '--only', 'explain'], {
    cwd: root,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  if (race.pid !== undefined) started.add(race.pid);
  return race;
}

/** Resolves to its id when the first command of a race runs. */
async function busyProcess(): Promise<number> {
  for (;;) {
    const found = readdirSync(temporary, { recursive: true, encoding: 'utf8' }).find((name) =>
      /\bbusy$/.test(name),
    );
    const pid = found === undefined ? 0 : Number(readFileSync(join(temporary, found), 'utf8'));
    if (pid > 0) {
      started.add(pid);
      return pid;
    }
    await sleep(50);
  }
}
