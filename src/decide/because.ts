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

/** How many pieces of evidence a line names; the rest are counted. */
const piecesNamed = 3;

/**
 * The one line that says why: recogniser, probability, and the matched text with its position. The comment, the
 * ledger, `explain`, the digest and the log all print this line.
 */
export function because(finding: Finding): string {
  const named = finding.evidence.slice(0, piecesNamed).map(place);
  const more = finding.evidence.length - named.length;
  const tail = more > 0 ? [...named, `${more} more`] : named;
  const evidence = tail.length > 0 ? `: ${tail.join('; ')}` : '';
  const notes = finding.notes?.map((note) => ` (${note})`).join('') ?? '';
  return `${finding.kind} ${finding.id}, ${percent(finding.probability)}, by ${recognisers[finding.from]}${evidence}${notes}`;
}

/** Never more sure than was measured: 0.997 is 99 %, not 100 %. */
export function percent(probability: number): string {
  return `${Math.min(99, Math.max(0, Math.floor(probability * 100 + 1e-9)))} %`;
}

function place({ field, start, end, text }: Evidence): string {
  return `${field} ${start}–${end} ${quote(text, 60)}`;
}
