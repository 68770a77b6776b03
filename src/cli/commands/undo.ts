import { type Undone, undo } from '../../app/feedback/undo.ts';
import type { WriteContext } from '../../app/writes/apply-actions.ts';
import { loadDotEnv, readEnvironment } from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { createMetrics } from '../../process/metrics.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import { refuse } from '../io.ts';
import { clock, connectApp, withStores } from '../open.ts';
import { repositoryArgument } from '../options.ts';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** After whatever the server does for people who wait. */
const priority = 50;

/**
 * Takes back what Signpost did in a repository since a time; with `--dry-run` it only says what that would
 * be.
 */
export const run = command(async ([given], options, io) => {
  const repository = repositoryArgument(given);
  const now = clock.now();
  const since = readSince(String(options.since ?? ''), now);
  if (since === null || since > now)
    throw new InputError('--since is missing or no past time (expected 2026-11-20T09:00Z, 90m, 12h or 3d)');
  loadDotEnv();
  const read = readEnvironment(process.env);
  if ('problems' in read) return refuse(read.problems, io);
  const [dry, json] = [options.dryRun === true, options.json === true];
  return withStores(
    async ({ budget, store }) => {
      const row = await store.repository(repository);
      if (row === null)
        throw new InputError(`${repository} is not known here (expected one that Signpost is installed on)`);
      const { app, asInstallation } = await connectApp(read.environment, { budget });
      const { slug } = await app.identity();
      const context: WriteContext = {
        github: await asInstallation(row.installation, priority),
        services: { clock, log: createLog('silent'), metrics: createMetrics(), slug, store },
        cause: 'undo',
        mode: 'advise',
      };
      const issues = await undo(context, repository, since, dry);
      if (json) io.stdout(`${JSON.stringify({ repository, since, dryRun: dry, issues }, null, 2)}\n`);
      else io.stdout(`${issues.map((one) => format(one, dry)).join('')}${summary(issues, dry)}`);
      return issues.some(({ refused }) => refused.length > 0) ? 1 : 0;
    },
    { url: read.environment.store },
  );
});

function summary(issues: readonly Undone[], dry: boolean): string {
  return `${issues.length} issue(s)${dry ? ' would be' : ''} changed\n`;
}

function format({ number, actions, refused }: Undone, dry: boolean): string {
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
