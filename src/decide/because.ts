import type { Finding } from '../model/finding.ts';
import type { Evidence } from '../model/text.ts';
import { quote } from './quote.ts';

const recognisers: Readonly<Record<Finding['from'], string>> = {
  rule: 'rule',
  model: 'learned recogniser',
  both: 'rule and learned recogniser',
  form: 'form',
  fact: 'fact',
};

/** Pieces of evidence that the line quotes; it counts the rest. */
const maxPieces = 3;

/**
 * Explains a finding in one line: recogniser, probability, and the matched text with its position. Comment,
 * ledger, `explain`, digest and log print the same line.
 */
export function because(finding: Finding): string {
  const pieces = finding.evidence.slice(0, maxPieces).map(position);
  const more = finding.evidence.length - pieces.length;
  const tail = more > 0 ? [...pieces, `${more} more`] : pieces;
  const evidence = tail.length > 0 ? `: ${tail.join('; ')}` : '';
  const notes = finding.notes?.map((note) => ` (${note})`).join('') ?? '';
  return (
    `${finding.kind} ${finding.id}, ${percent(finding.probability)}, by ` +
    `${recognisers[finding.from]}${evidence}${notes}`
  );
}

/** Rounds down, to 99 % at most: 0.997 is 99 %. */
export function percent(probability: number): string {
  return `${Math.min(99, Math.max(0, Math.floor(probability * 100 + 1e-9)))} %`;
}

function position({ field, start, end, text }: Evidence): string {
  return `${field} ${start}–${end} ${quote(text, 60)}`;
}
