import { z } from 'zod';
import { evaluateLabels, type LabelEvaluation, type LabelExample } from '../../classify/index.ts';
import { readReport } from '../../report/index.ts';
import { command } from '../command.ts';
import { parseJson, readTextFile } from '../input/read-json.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { type Options, requiredOption } from '../options.ts';

const issueShape = z.object({
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(
    z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)], {
      error: 'names, or objects with a name',
    }),
  ),
});
const issueFormat = 'a JSON object with title, body and labels';

/**
 * `signpost eval labels --train <jsonl[.gz]> --test <jsonl[.gz]> [--skip a,b] [--json]`: how well labels are
 * suggested at the default bars. 0 when it ran, 2 when it could not.
 */
export const run = command(async (_args, options, io) => {
  const train = await readExamples(options, 'train', io);
  const test = await readExamples(options, 'test', io);
  const skip = typeof options.skip === 'string' ? options.skip.split(',').map((name) => name.trim()) : [];
  io.stderr(`training on ${train.length} issues, suggesting for ${test.length}\n`);
  const result = evaluateLabels(train, test, { skip }, () => performance.now());
  io.stdout(options.json === true ? `${JSON.stringify(result)}\n` : formatEvaluation(result));
  return 0;
});

async function readExamples(options: Options, name: 'train' | 'test', io: Io): Promise<LabelExample[]> {
  const file = requiredOption(options, name, 'a file of labelled issues');
  const text = await readTextFile(file, 'labelled issues, one JSON object a line', io);
  const examples = text.split('\n').flatMap((row, k): LabelExample[] => {
    if (row.trim() === '') return [];
    const { title, body, labels } = parseJson(row, issueShape, `${file}:${k + 1}`, issueFormat);
    return [{ report: readReport({ title, body: body ?? null }), labels }];
  });
  if (examples.length === 0)
    throw new InputError(`${file}:1: no issue (expected ${issueFormat} on each line)`);
  return examples;
}

/** The evaluation as a table for people. */
function formatEvaluation({ labels, micro, trainSeconds, perIssueMs }: LabelEvaluation): string {
  const rows = [...Object.entries(labels), ['all', { ...micro, support: '' }] as const];
  const width = Math.max(...rows.map(([label]) => label.length));
  const number = (value: number): string => value.toFixed(3).padStart(9);
  const table = rows.map(
    ([label, { support, precision, recall, f1 }]) =>
      `${label.padEnd(width)} ${String(support).padStart(7)} ${number(precision)} ${number(recall)} ${number(f1)}`,
  );
  const head = `${'label'.padEnd(width)} support precision    recall        f1`;
  const speed = `trained in ${trainSeconds.toFixed(1)} s; ${perIssueMs.p50.toFixed(2)} ms an issue (p99 ${perIssueMs.p99.toFixed(2)})`;
  return `${[head, ...table, speed].join('\n')}\n`;
}
