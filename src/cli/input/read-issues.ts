import { z } from 'zod';
import { type Analysis, analyse } from '../../duplicates/index.ts';
import { readReport } from '../../report/index.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { parseJson, readTextFile } from './read-json.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const issueShape = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  author: z.string().nullish(),
  created_at: time,
  closed_at: time.nullish(),
});

const clustersShape = z.array(z.array(z.int().positive()));

/** Issues by number from a file with one JSON object a line, gzipped or not. */
export async function readIssues(file: string, io: Io): Promise<Map<number, Analysis>> {
  const text = await readTextFile(file, 'issues, one JSON object a line', io);
  const issues = new Map<number, Analysis>();
  const lineOf = new Map<number, number>();
  let line = 0;
  for (const row of text.split('\n')) {
    line++;
    if (row.trim() === '') continue;
    const issue = parseJson(
      row,
      issueShape,
      `${file}:${line}`,
      'a JSON object with number, title, body, author, created_at, closed_at',
    );
    const { number, author, created_at: createdAt, closed_at: closedAt } = issue;
    const before = lineOf.get(number);
    if (before !== undefined) {
      throw new InputError(
        `${file}:${line}: issue ${number} again, first on line ${before} (expected each number once)`,
      );
    }
    lineOf.set(number, line);
    const report = readReport({ title: issue.title, body: issue.body ?? '' });
    issues.set(
      number,
      analyse({ number, author: author ?? '', createdAt, closedAt: closedAt ?? null, report }),
    );
  }
  if (issues.size === 0) throw new InputError(`${file}:1: no issue (expected one JSON object a line)`);
  return issues;
}

/** Clusters of issue numbers; each number is of a known issue and in one cluster. */
export async function readClusters(
  file: string,
  issues: ReadonlyMap<number, unknown>,
  io: Io,
): Promise<readonly (readonly number[])[]> {
  const text = await readTextFile(file, 'a JSON array of arrays of issue numbers', io);
  const clusters = parseJson(text, clustersShape, `${file}:1`, 'a JSON array of arrays of issue numbers');
  const seen = new Set<number>();
  for (const number of clusters.flat()) {
    const line = lineOfNumber(text, number);
    if (!issues.has(number))
      throw new InputError(`${file}:${line}: unknown issue ${number} (expected numbers of the issues file)`);
    if (seen.has(number))
      throw new InputError(`${file}:${line}: issue ${number} again (expected each number in one cluster)`);
    seen.add(number);
  }
  return clusters;
}

/** The line of the last place at which a number stands: of one that is there twice, the repeat. */
function lineOfNumber(text: string, number: number): number {
  const places = [...text.matchAll(new RegExp(`\\b${number}\\b`, 'g'))];
  return text.slice(0, places.at(-1)?.index ?? 0).split('\n').length;
}
