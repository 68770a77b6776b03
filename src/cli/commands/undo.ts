import { systemClock } from '../../adapters/clock.ts';
import { connectAsApp } from '../../adapters/github/connect-app.ts';
import { openStore } from '../../adapters/open/open-store.ts';
import { type Undone, undo } from '../../app/feedback/undo.ts';
import { type Environment, loadDotEnv, readEnvironment } from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { createMetrics } from '../../process/metrics.ts';
import { createRateLimiter } from '../../process/rate-limiter.ts';
import type { Io } from '../io.ts';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** After whatever the server does for people who wait. */
const priority = 50;

/** Takes back what Signpost did in a repository since a time; with `--dry-run` it only says what that would be. */
export async function run(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  const [repository = ''] = args;
  const now = systemClock.now();
  const since = readSince(String(options.since ?? ''), now);
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    io.stderr('signpost: which repository? (expected owner/name)\n');
    return 2;
  }
  if (since === null || since > now) {
    io.stderr('signpost: --since is missing or no past time (expected 2026-11-20T09:00Z, 90m, 12h or 3d)\n');
    return 2;
  }
  loadDotEnv();
  const read = readEnvironment(process.env);
  if ('complaints' in read) {
    for (const { variable, message } of read.complaints) io.stderr(`signpost: ${variable} ${message}\n`);
    return 2;
  }
  return undoWith(read.environment, { repository, since }, options, io);
}

async function undoWith(
  environment: Environment,
  { repository, since }: { readonly repository: string; readonly since: number },
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  const [dry, json] = [options.dryRun === true, options.json === true];
  const [clock, log, metrics] = [systemClock, createLog('silent'), createMetrics()];
  const { store, budget } = await openStore(environment.store, clock, 'tool');
  try {
    const row = await store.repository(repository);
    if (row === null) {
      io.stderr(`signpost: ${repository} is not known here (expected one that Signpost is installed on)\n`);
      return 2;
    }
    const connection = connectAsApp(environment, clock, log, (installation, urgency) =>
      createRateLimiter(installation, urgency, { budget, clock, metrics }),
    );
    const { slug } = await connection.app.identity();
    const github = await connection.asInstallation(row.installation, priority);
    const context = {
      github,
      services: { clock, log, metrics, slug, store },
      cause: 'undo',
      mode: 'advise' as const,
    };
    const undone = await undo(context, repository, since, dry);
    if (!json) for (const one of undone) io.stdout(print(one, dry));
    if (json) io.stdout(`${JSON.stringify({ repository, since, dryRun: dry, issues: undone }, null, 2)}\n`);
    else io.stdout(`${undone.length} issue(s)${dry ? ' would be' : ''} changed\n`);
    return undone.some(({ refused }) => refused.length > 0) ? 1 : 0;
  } finally {
    await store.close();
  }
}

function print({ number, actions, refused }: Undone, dry: boolean): string {
  const what = actions.map((action) =>
    'labels' in action ? `${action.kind} ${action.labels.join(', ')}` : action.kind,
  );
  const failed = refused.map((why) => `  GitHub refused: ${why}\n`).join('');
  return `#${number}  ${dry ? 'would ' : ''}${what.join('; ')}\n${failed}`;
}

/** A time (ISO 8601) or how long ago (`90m`, `12h`, `3d`), as epoch milliseconds; null for anything else. */
function readSince(text: string, now: number): number | null {
  const ago = /^(\d{1,5})([mhd])$/.exec(text);
  if (ago) return now - Number(ago[1]) * units[ago[2] as keyof typeof units];
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
