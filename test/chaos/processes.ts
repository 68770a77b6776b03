import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../src/server/compose.ts';
import type { SharedTime } from './shared-time.ts';

const program = fileURLToPath(new URL('app-process.ts', import.meta.url));
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
/** What `npm start` gives to Node. */
const nodeOptions = String(scripts.start)
  .split(' ')
  .filter((word) => word.startsWith('--'));

export interface AppProcess {
  readonly role: Role;
  readonly url: string;
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the App as a child; rejects when it ends before it serves. */
export async function startProcess(
  role: Role,
  worker: string,
  { factor, start, wall }: SharedTime,
  settings: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    [...nodeOptions, program, role, String(factor), String(start), String(wall)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
        WORKER_NAME: worker,
        // As the image.
        MALLOC_ARENA_MAX: '2',
        // Half of a start is stripping types and compiling: once is enough.
        NODE_COMPILE_CACHE: join(tmpdir(), 'signpost-compiled'),
        ...settings,
      },
    },
  );
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('ready ')) resolve(line.slice(6));
      });
    void ended.then(([code]) => reject(new Error(`the App ended with ${String(code)} before it served`)));
  });
  return {
    role,
    url,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
