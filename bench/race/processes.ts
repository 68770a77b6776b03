import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkout, Trial } from './benchmark.ts';

/** What a command's Node processes took: all their CPU, user and system, and the memory of the largest. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface Started {
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
  /** SIGTERM to it and its children, SIGKILL if they do not go; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface Ended {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  /** The last line that it wrote to stderr. */
  readonly complaint: string;
}

/** Milliseconds from SIGTERM to SIGKILL. */
const patience = 5_000;
const grouped = process.platform !== 'win32';
const meter = fileURLToPath(new URL('usage.cjs', import.meta.url));
/** What a command keeps of this process's environment: nothing that would configure the App. */
const kept = ['HOME', 'LANG', 'PATHEXT', 'SystemRoot', 'USERPROFILE'];

/**
 * The command line of an npm script, to be started without npm, whose own time would otherwise count on both
 * sides. Throws where it needs a shell.
 */
export function scriptWords({ root }: Checkout, name: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [program, ...args] = String(scripts?.[name] ?? '').split(' ');
  if (!program || /[&|;<>$"'`\\]/.test(args.join(' ')))
    throw new Error(
      `package.json: script "${name}" is ${String(scripts?.[name])} (expected one plain command)`,
    );
  return [program, ...args];
}

/** Runs a command in a checkout to its end; rejects when that is not code 0. */
export async function runMeasured(
  { checkout, signal }: Trial,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly usage: Usage }> {
  const folder = mkdtempSync(join(checkout.scratch, 'usage-'));
  const env = {
    ...environmentOf(checkout),
    // Quoted as NODE_OPTIONS wants it: there may be blanks in the path.
    NODE_OPTIONS: `--require=${JSON.stringify(meter)}`,
    RACE_USAGE: folder,
    ...settings,
  };
  const { stdout } = await runToEnd(words, { cwd: checkout.root, env, signal });
  const usages = readdirSync(folder).map(
    (name): Usage => JSON.parse(readFileSync(join(folder, name), 'utf8')),
  );
  return {
    stdout,
    usage: {
      cpuSeconds: usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      peakMegabytes: Math.max(0, ...usages.map(({ peakMegabytes }) => peakMegabytes)),
    },
  };
}

/**
 * The programs that the checkout has installed come first; temporary files and compiled code stay in its
 * scratch.
 */
export function environmentOf({ root, scratch }: Checkout): Record<string, string> {
  const inherited = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...Object.fromEntries(inherited), PATH: path, TMPDIR: scratch, TEMP: scratch, TMP: scratch };
}

export interface Place {
  readonly cwd: string;
  /** Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Stops it when aborted. */
  readonly signal?: AbortSignal;
}

/** Rejects when the command does not end with code 0, with the last line of what it complained about. */
export async function runToEnd(words: readonly string[], place: Place): Promise<Ended> {
  const ended = await startProcess(words, place).ended;
  place.signal?.throwIfAborted();
  if (ended.code === 0) return ended;
  throw new Error(
    `"${words.join(' ')}" ended with ${ended.code ?? 'a signal'}${ended.complaint && `: ${ended.complaint}`}`,
  );
}

/**
 * Starts a command in a group of its own: Ctrl-C reaches this process alone, which ends the group by its id.
 */
export function startProcess(
  [program = '', ...args]: readonly string[],
  { cwd, env = process.env, signal }: Place,
): Started {
  signal?.throwIfAborted();
  const child = spawn(program, args, { cwd, env, detached: grouped, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr = (stderr + text).slice(-2_000);
  });
  const end = (how: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      if (grouped) process.kill(-child.pid, how);
      else child.kill(how);
    } catch {
      // It has ended by itself.
    }
  };
  // What its children would write to is closed with them.
  child.once('exit', () => end('SIGKILL'));
  const ended = once(child, 'close').then(([code]): Ended => {
    const complaint = stderr.trim().split('\n').at(-1) ?? '';
    return { code, stdout, complaint };
  });
  const stop = async (): Promise<void> => {
    end('SIGTERM');
    const timer = setTimeout(end, patience, 'SIGKILL');
    await ended.catch(() => {});
    clearTimeout(timer);
  };
  const onAbort = (): void => void stop();
  signal?.addEventListener('abort', onAbort);
  const detach = (): void => signal?.removeEventListener('abort', onAbort);
  void ended.then(detach, detach);
  return { ended, stop };
}
