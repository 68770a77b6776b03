import { writeFile } from 'node:fs/promises';
import { defaultConfig } from '../../config/index.ts';
import {
  type Analysis,
  type DuplicateModel,
  evaluate,
  printLinks,
  printSummary,
  type Summary,
  shippedModel,
  summarise,
  type TrialResult,
  wasTaughtBy,
} from '../../duplicates/index.ts';
import { command } from '../command.ts';
import { readClusters, readIssues } from '../input/read-issues.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { type Options, probabilityOption, requiredOption, wholeNumberOption } from '../options.ts';

/**
 * `signpost eval duplicates --issues <jsonl[.gz]> --clusters <json> [--from N] [--train-until N] [--links
 * <file>] [--bar <p>] [--json]`: how well earlier reports of the same problem are found. 0 when it ran, 2
 * when it could not.
 */
export const run = command(async (_args, options, io) => {
  const issues = await readIssues(requiredOption(options, 'issues', 'a file'), io);
  const clusters = await readClusters(requiredOption(options, 'clusters', 'a file'), issues, io);
  const from = wholeNumberOption(options, 'from') ?? 0;
  const trainUntil = wholeNumberOption(options, 'trainUntil') ?? from;
  const threshold = probabilityOption(options, 'bar') ?? defaultConfig.duplicates.at;
  if (trainUntil > from) {
    throw new InputError(
      `--train-until ${trainUntil}: weights would know the answers (expected at most --from ${from})`,
    );
  }
  await writeLinks(options, '');
  const result = evaluate({
    issues: [...issues.values()],
    clusters,
    from,
    trainUntil,
    shipped: shippedFor(trainUntil, [...issues.values()]),
    tooFew: () => refuse(trainUntil),
    now: () => performance.now(),
    progress: (done, all) => {
      if (done % 500 === 0 || done === all)
        io.stderr(`\r${done} of ${all} issues${done === all ? '\n' : ''}`);
    },
  });
  await report(result, threshold, options, io);
  return 0;
});

/** The shipped weights; null when they know what they would be asked. */
function shippedFor(trainUntil: number, issues: readonly Analysis[]): DuplicateModel | null {
  const model = shippedModel();
  return model.trainedUntil > trainUntil && wasTaughtBy(model, issues) ? null : model;
}

function refuse(trainUntil: number): never {
  const { trainedUntil } = shippedModel();
  throw new InputError(
    `too few duplicates below ${trainUntil} to learn from, and the shipped weights were learned from these issues up to ${trainedUntil - 1} (expected --train-until of ${trainedUntil} or more)`,
  );
}

async function report(result: TrialResult, threshold: number, options: Options, io: Io): Promise<void> {
  const summary: Summary = {
    ...summarise(result, threshold),
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
  await writeLinks(options, printLinks(result, threshold));
  io.stdout(options.json === true ? `${JSON.stringify(summary)}\n` : printSummary(summary));
}

/** Called before the work as well: a place that cannot be written should not show after minutes. */
async function writeLinks({ links }: Options, text: string): Promise<void> {
  if (typeof links !== 'string') return;
  try {
    await writeFile(links, text);
  } catch {
    throw new InputError(`--links ${links} cannot be written (expected a file in a folder that is there)`);
  }
}
