import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';

/** How a command ended, in whole seconds, and all that it wrote. */
export interface Ran {
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** Runs npm in a folder on the Node that lies in another, by default on the present one. */
export type Npm = (args: readonly string[], cwd: string, nodeFolder?: string) => Promise<Ran>;

/**
 * @param signal ends npm with all that it started; the promise then rejects with the signal's reason
 * @throws Error when the present program was not started by npm
 */
export function createNpm(signal: AbortSignal): Npm {
  const { npm_execpath: program, PATH = '' } = process.env;
  if (program === undefined) throw new Error('npm is not known (expected: npm run nodes)');
  // What npm put before the path belongs to this checkout, its Node above all.
  const rest = PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return async (args, cwd, nodeFolder = dirname(process.execPath)) => {
    signal.throwIfAborted();
    const started = performance.now();
    const child = spawn('node', [program, ...args], {
      cwd,
      env: { ...process.env, PATH: [nodeFolder, ...rest].join(delimiter), npm_config_loglevel: 'notice' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that it can be ended as a whole.
      detached: process.platform !== 'win32',
    });
    const end = (): void => endGroup(child.pid);
    signal.addEventListener('abort', end);
    try {
      const [out, error, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      signal.throwIfAborted();
      const seconds = Math.round((performance.now() - started) / 1000);
      return { ok: code === 0, seconds, output: `${out}${error}` };
    } finally {
      signal.removeEventListener('abort', end);
    }
  };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
