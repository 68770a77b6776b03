import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { runToEnd } from './processes.ts';
import type { Checkouts } from './race.ts';

export interface Field extends Checkouts {
  /** Takes away the worktree and everything that was written beside it. */
  remove(): Promise<void>;
}

/** With the process that made it, so that another can tell whether it is still in use. */
const prefix = 'signpost-race-';

/**
 * Checks a commit out, detached, into a folder under the system's temporary one, and installs it: with the
 * packages of `root` where both lock the same ones, else by `npm ci`. `../shared` is there as it is beside
 * `root`. Rejects where there is no such commit. Nothing is left behind then, nor when `signal` is aborted.
 */
export async function layOut(root: string, commit: string, signal: AbortSignal): Promise<Field> {
  const hash = await resolveCommit(root, commit);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`)));
  const there = join(folder, hash.slice(0, 10));
  const remove = async (): Promise<void> => {
    await git(root, 'worktree', 'remove', '--force', '--force', there).catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    // A hook of the checkout has no say in a copy that nobody works in.
    await git(root, '-c', `core.hooksPath=${devNull}`, 'worktree', 'add', '--detach', there, hash);
    signal.throwIfAborted();
    const data = join(root, '..', 'shared');
    if (existsSync(data)) symlinkSync(realpathSync(data), join(folder, 'shared'), 'junction');
    await install(root, there, signal);
    const checkout = (name: string, place: string, scratch: string) => {
      mkdirSync(scratch);
      return { name, root: place, scratch };
    };
    return {
      there: checkout(commit, there, join(folder, 'scratch-there')),
      here: checkout('here', root, join(folder, 'scratch-here')),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Takes away worktrees of races that were killed before they could do so themselves. */
export async function removeAbandoned(root: string): Promise<void> {
  const listed = (await git(root, 'worktree', 'list', '--porcelain')).split('\n');
  const temporary = realpathSync(tmpdir()) + sep;
  for (const line of listed) {
    const folder = dirname(line.replace(/^worktree /, ''));
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(basename(folder)) ?? [];
    if (pid === undefined || !join(folder, sep).startsWith(temporary) || isRunning(Number(pid))) continue;
    await git(root, 'worktree', 'remove', '--force', '--force', line.replace(/^worktree /, ''));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function resolveCommit(root: string, commit: string): Promise<string> {
  try {
    const hash = await git(
      root,
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${commit}^{commit}`,
    );
    return hash.trim();
  } catch {
    throw new Error(
      `${commit}: no such commit in ${root} (expected one that git log shows; git fetch brings more)`,
    );
  }
}

async function install(root: string, there: string, signal: AbortSignal): Promise<void> {
  const lock = (checkout: string): string => readFileSync(join(checkout, 'package-lock.json'), 'utf8');
  const packages = join(root, 'node_modules');
  if (existsSync(packages) && lock(root) === lock(there))
    symlinkSync(realpathSync(packages), join(there, 'node_modules'), 'junction');
  else await runToEnd(['npm', 'ci', '--no-audit', '--no-fund'], { cwd: there, signal });
}

async function git(root: string, ...args: string[]): Promise<string> {
  return (await runToEnd(['git', ...args], { cwd: root })).stdout;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
