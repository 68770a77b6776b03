import { createServer } from 'node:net';
import { systemClock } from '../../adapters/clock.ts';
import { isPostgres } from '../../adapters/open/open-store.ts';
import { readShippedPacks } from '../../adapters/packs/read-packs.ts';
import { type Complaint, loadDotEnv, readEnvironment, unconfigured } from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { createKnowledgeBase } from '../../repository/knowledge-base.ts';
import { compose, type Role } from '../../server/compose.ts';
import { warmUp } from '../../server/warm-up.ts';
import type { Io } from '../io.ts';
import { setUp } from '../setup-page.ts';

const webhookThread = new URL(
  import.meta.url.replace(/cli\/commands\/serve(\.[jt]s)$/, 'server/webhook/thread-main$1'),
);
const roles: readonly Role[] = ['all', 'web', 'worker'];

/** Runs the App until SIGTERM or SIGINT; with nothing configured, the set-up page on loopback. */
export async function run(
  _args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  loadDotEnv();
  const role = roles.find((known) => known === (options.role ?? 'all'));
  if (role === undefined)
    return refuse([{ variable: '--role', message: `is one of ${roles.join(', ')}` }], io);
  if (unconfigured(process.env)) return setUp(process.env, io);
  const read = readEnvironment(process.env);
  if ('complaints' in read) return refuse(read.complaints, io);
  const { environment } = read;
  if (role !== 'all' && !isPostgres(environment.store)) {
    const message = `${role} needs a DATABASE_URL of PostgreSQL: a SQLite file has one process, --role all`;
    return refuse([{ variable: '--role', message }], io);
  }
  const log = createLog(environment.logLevel);
  if (environment.port !== 0 && !(await free(environment.host, environment.port))) {
    return refuse(
      [
        {
          variable: 'PORT',
          message: `${environment.port} is taken on ${environment.host}; stop the other program or choose another port`,
        },
      ],
      io,
    );
  }
  const knowledgeBase = createKnowledgeBase(await readShippedPacks(), environment.pagesUrl ?? undefined);
  if (role !== 'web') await warmUp(knowledgeBase);
  const app = await compose({
    environment,
    library: knowledgeBase,
    clock: systemClock,
    log,
    role,
    webhookThread,
  });
  io.stderr(
    role === 'worker'
      ? `Signpost works; health and metrics are on ${app.url}. Ctrl-C finishes the work in hand and stops.\n`
      : `Signpost listens on ${app.url}; webhooks go to ${app.url}/api/github/webhooks. Ctrl-C finishes the work in hand and stops.\n`,
  );
  const signal = await stopSignal();
  log.info({ signal }, 'stopping: the work in hand is finished first');
  await app.stop();
  return 0;
}

function refuse(complaints: readonly Complaint[], io: Io): number {
  for (const { variable, message } of complaints) io.stderr(`signpost: ${variable} ${message}\n`);
  return 2;
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}

function free(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
