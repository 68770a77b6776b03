import { createServer } from 'node:net';
import {
  type Environment,
  type EnvironmentProblem,
  isUnconfigured,
  loadDotEnv,
  readEnvironment,
} from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { type Role, startApp } from '../../server/compose.ts';
import { command } from '../command.ts';
import { refuse } from '../io.ts';
import { isPostgres } from '../open.ts';
import { setUp } from '../setup-page.ts';

const roles: readonly Role[] = ['all', 'web', 'worker'];

/** Runs the App until SIGTERM or SIGINT; with nothing configured, the set-up page on loopback. */
export const run = command(async (_args, options, io) => {
  loadDotEnv();
  const role = roles.find((known) => known === (options.role ?? 'all'));
  if (role === undefined)
    return refuse([{ variable: '--role', message: `is one of ${roles.join(', ')}` }], io);
  if (isUnconfigured(process.env)) return setUp(process.env, io);
  const read = readEnvironment(process.env);
  if ('problems' in read) return refuse(read.problems, io);
  const { environment } = read;
  const problem = await startProblem(environment, role);
  if (problem !== null) return refuse([problem], io);
  const log = createLog(environment.logLevel);
  const app = await startApp(environment, role, log);
  io.stderr(
    role === 'worker'
      ? `Signpost works; health and metrics are on ${app.url}. Ctrl-C finishes the work in hand and stops.\n`
      : `Signpost listens on ${app.url}; webhooks go to ${app.url}/api/github/webhooks. Ctrl-C finishes the work in hand and stops.\n`,
  );
  const signal = await stopSignal();
  log.info({ signal }, 'stopping: the work in hand is finished first');
  await app.stop();
  return 0;
});

/** What each setting allows, and all of them together do not; null when nothing. */
async function startProblem(
  { host, port, store }: Environment,
  role: Role,
): Promise<EnvironmentProblem | null> {
  if (role !== 'all' && !isPostgres(store)) {
    const message = `${role} needs a DATABASE_URL of PostgreSQL: a SQLite file has one process, --role all`;
    return { variable: '--role', message };
  }
  if (port === 0 || (await isFree(host, port))) return null;
  const message = `${port} is taken on ${host}; stop the other program or choose another port`;
  return { variable: 'PORT', message };
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
