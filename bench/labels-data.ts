import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { LabelExample } from '../src/classify/index.ts';
import { readReport } from '../src/report/index.ts';

const file = new URL('../../shared/data/claude-code-issues.jsonl.gz', import.meta.url);
const trainCount = 500;

/** A labelled report with its issue number. */
export interface NumberedExample extends LabelExample {
  readonly number: number;
}

/** The labelled issues beside the checkout by number, the older 500 apart; null without the file. */
export function readLabelled(): {
  readonly train: NumberedExample[];
  readonly test: NumberedExample[];
} | null {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    return null;
  }
  const issues = gunzipSync(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): NumberedExample => {
      const { number, title, body, labels } = JSON.parse(line);
      return { number, report: readReport({ title, body }), labels };
    })
    .sort((a, b) => a.number - b.number);
  return { train: issues.slice(0, trainCount), test: issues.slice(trainCount) };
}

/** Labels of the protocol that say what became of an issue, not what it is about. */
export const outcomes = ['duplicate', 'has repro', 'invalid', 'oncall'];

/** Micro-averaged F1 over the labels of one scope. */
export function scopeF1(
  labels: Readonly<Record<string, { support: number; precision: number; recall: number }>>,
  scope: string,
): number {
  let hits = 0;
  let suggested = 0;
  let support = 0;
  for (const [name, score] of Object.entries(labels)) {
    if (!name.startsWith(scope)) continue;
    const right = score.support * score.recall;
    hits += right;
    suggested += score.precision > 0 ? right / score.precision : 0;
    support += score.support;
  }
  return (2 * hits) / (suggested + support);
}
