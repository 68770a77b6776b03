import { z } from 'zod';
import { defaultConfig } from '../../config/index.ts';
import { type LabelledReport, type Measurement, measure } from '../../match/index.ts';
import type { Signature } from '../../model/signature.ts';
import { readReport } from '../../report/index.ts';
import { command } from '../command.ts';
import { numberedIssueShape, numberedReport } from '../input/numbered-report.ts';
import { readBackgrounds } from '../input/read-background.ts';
import { readLines } from '../input/read-lines.ts';
import { readPages } from '../input/read-pages.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { requiredOption } from '../options.ts';

const caseShape = numberedIssueShape.extend({
  signature: z.string().nullable(),
  certainty: z.enum(['sure', 'doubtful']).default('sure'),
});

/**
 * `signpost eval signatures --signatures <dir> --cases <jsonl> [--background <jsonl[.gz]>] [--doubtful]
 * [--json]`: how well failures are recognised at the default bar, each case judged without the samples made
 * from it. 0 when it ran, 2 when it could not.
 */
export const run = command(async (_args, options, io) => {
  const folders = await readPages([requiredOption(options, 'signatures', 'a folder of pages')], io);
  const signatures = folders.flatMap((folder) => folder.signatures);
  const casesFile = requiredOption(options, 'cases', 'labelled reports');
  const cases = await readCases(casesFile, signatures, options.doubtful === true, io);
  const ordinary = typeof options.background === 'string' ? await readOrdinary(options.background, io) : [];
  const result = measure({
    signatures,
    cases,
    ordinary,
    background: await readBackgrounds(folders, io),
    readReport,
    threshold: defaultConfig.comment.at,
    now: () => performance.now(),
    progress: (done, all) => {
      if (done % 50 === 0 || done === all)
        io.stderr(`\r${done} of ${all} reports${done === all ? '\n' : ''}`);
    },
  });
  io.stdout(options.json === true ? `${JSON.stringify(result)}\n` : formatMeasurement(result));
  return 0;
});

async function readCases(
  file: string,
  signatures: readonly Signature[],
  doubtful: boolean,
  io: Io,
): Promise<LabelledReport[]> {
  const ids = new Map(
    signatures.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id] as const)),
  );
  const rows = await readLines(file, caseShape, 'a JSON object with number, title, body and signature', io);
  return rows
    .filter(({ value }) => value.certainty === 'sure' || doubtful)
    .map(({ value, line }) => {
      const signature = value.signature === null ? null : ids.get(value.signature);
      if (signature === undefined) {
        const expected = 'the id or an alias of a page';
        throw new InputError(`${file}:${line}: unknown signature ${value.signature} (expected ${expected})`);
      }
      return { ...numberedReport(value), signature };
    });
}

async function readOrdinary(file: string, io: Io) {
  const rows = await readLines(file, numberedIssueShape, 'a JSON object with number, title and body', io);
  return rows.map(({ value }) => numberedReport(value));
}

/** The measurement as tables for people. */
function formatMeasurement({
  signatures,
  macro,
  background,
  perReportMs,
  bands,
  ...parts
}: Measurement): string {
  const width = Math.max(...Object.keys(signatures).map((id) => id.length));
  const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3)).padStart(9);
  const rows = Object.entries(signatures).map(([id, score]) => {
    const counts = [score.positives, score.found, score.falsePositives]
      .map((n) => String(n).padStart(6))
      .join('');
    return `${id.padEnd(width)}${counts} ${share(score.precision)} ${share(score.recall)}`;
  });
  const average = (name: string, { precision, recall, f1 }: Measurement['macro']): string =>
    `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
  return `${[
    `${'signature'.padEnd(width)} cases found wrong precision    recall`,
    ...rows,
    average('all', macro),
    average('rules only', parts.rulesOnly.macro),
    average('model only', parts.modelOnly.macro),
    ...bands.map(
      ({ from, to, findings, predicted, observed }) =>
        `probability ${from}–${to}: ${findings} findings, predicted ${predicted.toFixed(2)}, observed ${observed.toFixed(2)}`,
    ),
    `background: ${background.hits.length} hits in ${background.issues} issues`,
    ...background.hits.map(
      ({ number, signature, probability }) => `  #${number} ${signature} ${probability}`,
    ),
    `${perReportMs.p50.toFixed(2)} ms a report (p99 ${perReportMs.p99.toFixed(2)})`,
  ].join('\n')}\n`;
}
