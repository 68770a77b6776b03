import type { FactKind, Section } from '../../model/report.ts';
import type { Region } from '../../model/text.ts';

/** What facts are read from. `body` is the laid-out text. */
export interface FactSources {
  readonly title: string;
  readonly body: string;
  readonly sections: readonly Section[];
}

/** A value that a report may state, weighted by the place where it stands. */
export interface Candidate extends Region {
  readonly value: string;
  readonly field: 'title' | 'body';
  readonly from: 'form' | 'text';
  /** 100: the answer to a form. 80: the value of a key. 40 or less: said in passing. */
  readonly weight: number;
}

/** A value read out of a short text, with its place in that text. */
export interface Reading extends Region {
  readonly value: string;
}

export type ReadValue = (text: string) => Reading | null;

/** Finds the facts of one kind. */
export interface FactFinder {
  readonly kind: FactKind;
  readonly find: (sources: FactSources) => Candidate[];
}

/** Reads at most so many characters of an answer or a line. */
const maxAnswerLength = 240;

/** Looks at no more places: a report states a fact early, or a log states it a thousand times. */
const maxPlaces = 500;

/** Reads the answers below headings whose slug matches, in a form or in a text written like one. */
export function fromSections({ body, sections }: FactSources, slugs: RegExp, read: ReadValue): Candidate[] {
  return sections
    .filter(({ slug }) => slugs.test(slug))
    .flatMap(({ start, end, from }) => {
      const reading = read(body.slice(start, Math.min(end, start + maxAnswerLength)));
      if (reading === null) return [];
      return [
        from === 'form' ? toCandidate(reading, start, 'form', 100) : toCandidate(reading, start, 'text', 90),
      ];
    });
}

/**
 * Reads what stands behind a key (`OS:`, `**Platform**:`, `| Shell |`), in lists, tables and lines alike.
 * `key` is a global pattern that ends where the value begins; see `keyPattern`.
 */
export function fromKeys({ body }: FactSources, key: RegExp, read: ReadValue, weight = 80): Candidate[] {
  const found: Candidate[] = [];
  for (const match of body.matchAll(key).take(maxPlaces)) {
    const start = match.index + match[0].length;
    const reading = read(restOfLine(body, start));
    if (reading !== null) found.push(toCandidate(reading, start, 'text', weight));
  }
  return found;
}

/** Makes the pattern for `fromKeys` out of the alternatives for a key. */
export function keyPattern(alternatives: string): RegExp {
  return new RegExp(
    `(?<![\\w-])(?:${alternatives})(?:\\*\\*|__|\`)?[ \\t]{0,4}(?:[:=]|\\|(?!\\|))[ \\t]{0,4}(?:\\*\\*|__|\`)?[ \\t]{0,4}`,
    'gi',
  );
}

/** Reads what a global pattern finds in the body: group 1, or the whole match. */
export function fromText(
  { body }: FactSources,
  pattern: RegExp,
  read: ReadValue,
  weight: number,
): Candidate[] {
  const found: Candidate[] = [];
  for (const match of body.matchAll(pattern).take(maxPlaces)) {
    const words = match[1] ?? match[0];
    const start = match.index + match[0].lastIndexOf(words);
    const reading = read(words);
    if (reading !== null) found.push(toCandidate(reading, start, 'text', weight));
  }
  return found;
}

export function toCandidate(
  reading: Reading,
  offset: number,
  from: Candidate['from'],
  weight: number,
): Candidate {
  const { value, start, end } = reading;
  return { value, field: 'body', from, weight, start: offset + start, end: offset + end };
}

/** The rest of the line at `start`, cut where it grows long. */
export function restOfLine(text: string, start: number): string {
  const line = text.slice(start, start + maxAnswerLength);
  const newline = line.indexOf('\n');
  return newline === -1 ? line : line.slice(0, newline);
}
