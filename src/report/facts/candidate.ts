import type { FactKind, Section } from '../../model/report.ts';
import type { Region } from '../../model/text.ts';

/** What the readers of facts look at. `body` is the laid-out text. */
export interface Ground {
  readonly title: string;
  readonly body: string;
  readonly sections: readonly Section[];
}

/** A value that a report may be stating, with how much its place says for it. */
export interface Candidate extends Region {
  readonly value: string;
  readonly field: 'title' | 'body';
  readonly from: 'form' | 'text';
  /** 100: the form's own answer. 80: under its key. 40 and less: in passing. */
  readonly weight: number;
}

/** A value read out of a short text, with its place in that text. */
export interface Reading extends Region {
  readonly value: string;
}

export type Read = (text: string) => Reading | null;

/** How to find the facts of one kind. */
export interface Finder {
  readonly kind: FactKind;
  readonly find: (ground: Ground) => Candidate[];
}

/** Longest part of an answer or a line that is read. */
const answerLength = 240;

/** So many places are looked at; a report states a fact early, or a log states it a thousand times. */
const mostPlaces = 500;

/** The readings of the answers below headings whose slug fits: a form's, or those of a text written like one. */
export function fromSections({ body, sections }: Ground, slugs: RegExp, read: Read): Candidate[] {
  return sections
    .filter(({ slug }) => slugs.test(slug))
    .flatMap(({ start, end, from }) => {
      const reading = read(body.slice(start, Math.min(end, start + answerLength)));
      if (reading === null) return [];
      return [from === 'form' ? place(reading, start, 'form', 100) : place(reading, start, 'text', 90)];
    });
}

/**
 * The readings of what stands behind a key (`OS:`, `**Platform**:`, `| Shell |`), in lists, tables and lines
 * alike. `key` is global and matches up to where the value begins; see `keyOf`.
 */
export function fromKeys({ body }: Ground, key: RegExp, read: Read, weight = 80): Candidate[] {
  const found: Candidate[] = [];
  for (const match of body.matchAll(key).take(mostPlaces)) {
    const start = match.index + match[0].length;
    const reading = read(lineAt(body, start));
    if (reading !== null) found.push(place(reading, start, 'text', weight));
  }
  return found;
}

/** A pattern for `fromKeys` out of the alternatives for a key. */
export function keyOf(alternatives: string): RegExp {
  return new RegExp(
    `(?<![\\w-])(?:${alternatives})(?:\\*\\*|__|\`)?[ \\t]{0,4}(?:[:=]|\\|(?!\\|))[ \\t]{0,4}(?:\\*\\*|__|\`)?[ \\t]{0,4}`,
    'gi',
  );
}

/** The readings of what a pattern (global) finds in the body; group 1, or the whole match. */
export function fromText({ body }: Ground, pattern: RegExp, read: Read, weight: number): Candidate[] {
  const found: Candidate[] = [];
  for (const match of body.matchAll(pattern).take(mostPlaces)) {
    const words = match[1] ?? match[0];
    const start = match.index + match[0].lastIndexOf(words);
    const reading = read(words);
    if (reading !== null) found.push(place(reading, start, 'text', weight));
  }
  return found;
}

export function place(reading: Reading, offset: number, from: Candidate['from'], weight: number): Candidate {
  const { value, start, end } = reading;
  return { value, field: 'body', from, weight, start: offset + start, end: offset + end };
}

/** The rest of the line at `start`, cut where it grows long. */
export function lineAt(text: string, start: number): string {
  const line = text.slice(start, start + answerLength);
  const newline = line.indexOf('\n');
  return newline === -1 ? line : line.slice(0, newline);
}
