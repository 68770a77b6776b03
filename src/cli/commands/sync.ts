import { systemClock } from '../../adapters/clock.ts';
import { connect } from '../../adapters/github/index.ts';
import { connectAsPerson } from '../../adapters/github/person.ts';
import type { Opened } from '../../adapters/open/open.ts';
import { openOrMakeStore } from '../../adapters/open/open-store.ts';
import { runInThread } from '../../adapters/threads/run-in-thread.ts';
import { sync } from '../../app/history/sync.ts';
import { priorities } from '../../app/jobs.ts';
import type { GitHub } from '../../ports/github.ts';
import { loadDotEnv, readEnvironment } from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { createMetrics } from '../../process/metrics.ts';
import { createRateLimiter } from '../../process/rate-limit.ts';
import { createHistoryCache } from '../../repository/histories.ts';
import type { Io } from '../io.ts';

const barWidth = 24;

/**
 * Reads a repository's past into the store: its issues, which of them are duplicates, how its people label. With
 * `GITHUB_TOKEN` as that person, else as the App. A run that was stopped goes on where it was.
 */
export async function run(
  [repository = '']: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    io.stderr('signpost: which repository? (expected owner/name)\n');
    return 2;
  }
  loadDotEnv();
  const opened = await openOrMakeStore(process.env.DATABASE_URL || 'signpost.sqlite', systemClock);
  try {
    const github = await connectFor(repository, opened);
    if (typeof github === 'string') {
      io.stderr(`signpost: ${github}\n`);
      return 2;
    }
    const started = systemClock.now();
    const history = await sync(repository, {
      github,
      store: opened.store,
      compute: runInThread,
      progress: progressBar(io, started),
    });
    if (history === null) return 1;
    await createHistoryCache(opened.store, systemClock).put(repository, history, started);
    const done = {
      repository,
      issues: history.index.slots.size,
      links: history.clusters.links.size,
      labels: history.labels?.labels.length ?? 0,
      seconds: Math.round((systemClock.now() - started) / 1000),
    };
    io.stdout(
      options.json === true
        ? `${JSON.stringify(done)}\n`
        : `${done.issues} issues, ${done.links} duplicates, ${done.labels} labels learned, in ${done.seconds} s\n`,
    );
    return 0;
  } finally {
    await opened.store.close();
  }
}

/** GitHub as a person or as the App; what is missing for either, as a line. */
async function connectFor(repository: string, { budget }: Opened): Promise<GitHub | string> {
  const { GITHUB_API_URL, GITHUB_TOKEN } = process.env;
  if (GITHUB_TOKEN)
    return connectAsPerson(GITHUB_TOKEN, GITHUB_API_URL || 'https://api.github.com', systemClock);
  const read = readEnvironment(process.env);
  if ('complaints' in read)
    return 'neither a GITHUB_TOKEN nor the App\u2019s credentials are set (doctor says what is missing)';
  const metrics = createMetrics();
  const { app, as } = connect(
    read.environment,
    systemClock,
    (installation, urgency) =>
      createRateLimiter(installation, urgency, { budget, clock: systemClock, metrics }),
    createLog(read.environment.logLevel),
  );
  const installation = await app.installation(repository);
  if (installation === null)
    return `the App is not installed on ${repository}; set GITHUB_TOKEN to read it as a person`;
  return as(installation.id, priorities.background);
}

/** A bar on a terminal, a line per thousand issues elsewhere. */
function progressBar(io: Io, started: number): (read: number, total: number) => void {
  let first: number | null = null;
  let answered = 0;
  return (read, total) => {
    // A run that goes on where it was stopped begins with many: its rate is that of what it read itself.
    first ??= Math.max(0, read - 100);
    const seconds = Math.max(0.001, (systemClock.now() - started) / 1000);
    const rate = (read - first) / seconds;
    const left = rate > 0 ? Math.ceil((total - read) / rate) : 0;
    const line = `${read} of ${total} issues, ${Math.round(rate)} a second, ${left} s left`;
    if (process.stderr.isTTY) {
      const filled = Math.round((barWidth * Math.min(read, total)) / Math.max(1, total));
      io.stderr(
        `\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${line}${read >= total ? '\n' : ''}`,
      );
    } else if (read >= total || read - answered >= 1000) {
      answered = read;
      io.stderr(`${line}\n`);
    }
  };
}
