import { sync } from '../../app/history/sync.ts';
import { priorities } from '../../app/jobs.ts';
import type { Budget } from '../../ports/budget.ts';
import type { GitHub } from '../../ports/github.ts';
import { readEnvironment } from '../../process/environment.ts';
import { createHistoryCache } from '../../repository/histories.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { clock, compute, connectApp, connectPerson, withStores } from '../open.ts';
import { repositoryArgument } from '../options.ts';

const barWidth = 24;

/**
 * Reads a repository's past into the store: its issues, which of them are duplicates, how its people label.
 * With `GITHUB_TOKEN` as that person, else as the App. A run that was stopped goes on where it was.
 */
export const run = command(async ([given], options, io) => {
  const repository = repositoryArgument(given);
  return withStores(
    async ({ budget, store }) => {
      const github = await connect(repository, budget);
      const started = clock.now();
      const history = await sync(repository, { github, store, compute, progress: progressBar(io, started) });
      if (history === null) return 1;
      await createHistoryCache(store, clock).put(repository, history, started);
      const done = {
        repository,
        issues: history.index.slots.size,
        links: history.clusters.links.size,
        labels: history.labels?.labels.length ?? 0,
        seconds: Math.round((clock.now() - started) / 1000),
      };
      io.stdout(
        options.json === true
          ? `${JSON.stringify(done)}\n`
          : `${done.issues} issues, ${done.links} duplicates, ${done.labels} labels learned, in ${done.seconds} s\n`,
      );
      return 0;
    },
    { create: true },
  );
});

/** GitHub as a person or, without `GITHUB_TOKEN`, as the App. */
async function connect(repository: string, budget: Budget): Promise<GitHub> {
  const { authenticated, github } = await connectPerson();
  if (authenticated) return github;
  const read = readEnvironment(process.env);
  if ('problems' in read)
    throw new InputError(
      'neither a GITHUB_TOKEN nor the App\u2019s credentials are set (doctor says what is missing)',
    );
  const { logLevel } = read.environment;
  const { app, asInstallation } = await connectApp(read.environment, { budget, logLevel });
  const installation = await app.installation(repository);
  if (installation === null)
    throw new InputError(
      `the App is not installed on ${repository}; set GITHUB_TOKEN to read it as a person`,
    );
  return asInstallation(installation.id, priorities.background);
}

/** A bar on a terminal, a line per thousand issues elsewhere. */
function progressBar(io: Io, started: number): (read: number, total: number) => void {
  let first: number | null = null;
  let printed = 0;
  return (read, total) => {
    // A run that goes on where it was stopped begins with many: its rate is that of what it read itself.
    first ??= Math.max(0, read - 100);
    const seconds = Math.max(0.001, (clock.now() - started) / 1000);
    const rate = (read - first) / seconds;
    const left = rate > 0 ? Math.ceil((total - read) / rate) : 0;
    const line = `${read} of ${total} issues, ${Math.round(rate)} a second, ${left} s left`;
    if (process.stderr.isTTY) {
      const filled = Math.round((barWidth * Math.min(read, total)) / Math.max(1, total));
      io.stderr(
        `\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${line}${read >= total ? '\n' : ''}`,
      );
    } else if (read >= total || read - printed >= 1000) {
      printed = read;
      io.stderr(`${line}\n`);
    }
  };
}
