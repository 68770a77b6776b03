import type { ErrorLine, Report, StackFrame } from '../../model/report.ts';
import type { Region } from '../../model/text.ts';
import { type Constructs, constructsOf } from './constructs.ts';
import { hashText } from './hash.ts';
import { insideOf } from './inside.ts';
import { visitTerms } from './tokens.ts';
import { type Triples, triplesOf } from './triples.ts';

/** What the index is told of an issue. The report is of redacted text; times are epoch milliseconds. */
export interface Filing {
  readonly number: number;
  readonly author: string;
  readonly createdAt: number;
  /** Null while open. */
  readonly closedAt: number | null;
  readonly report: Report;
}

/** Where a term stands. `mark` is no text: a whole error line or stack frame, compared for equality. */
export const fields = ['title', 'prose', 'code', 'errors', 'mark'] as const;
export type FieldName = (typeof fields)[number];
export const fieldCount = fields.length;

/** How often a term stands in each field: three bits a field, so that seven means seven or more. */
export type Counts = number;

const bitsPerField = 3;
export const maxCount = (1 << bitsPerField) - 1;

/** How often (up to seven times) a term stands in the field of that position. */
export function countIn(counts: Counts, field: number): number {
  return (counts >> (field * bitsPerField)) & maxCount;
}

/** An issue as the index sees it, whatever numbers the index gave to its terms. */
export interface Analysis extends Terms {
  readonly number: number;
  readonly author: number;
  readonly createdAt: number;
  readonly closedAt: number | null;
}

/** What a report says, as numbers. */
interface Terms {
  /** Distinct terms by hash, with their counts. */
  readonly highs: Uint32Array;
  readonly lows: Uint32Array;
  readonly counts: Uint16Array;
  /** The title's terms in order, as positions in `highs`. */
  readonly title: Uint32Array;
  /** Terms (repeats included) of each field. */
  readonly lengths: Uint32Array;
  readonly triples: Triples;
  readonly constructs: Constructs;
}

/** A pasted log must not cost more than a long report. */
const maxTermsPerField = 3000;
const maxTitleTerms = 64;
/** Shorter error lines (`error:`) are no evidence of a common cause. */
const minMarkLength = 12;

/** An issue is searched for, and then joins the index. */
const analysed = new WeakMap<Report, Terms>();

/** Takes an issue apart into terms. Linear in the length of the text; of a report that was seen before, at once. */
export function analyse({ author, closedAt, createdAt, number, report }: Filing): Analysis {
  const terms = analysed.get(report) ?? termsOf(report);
  analysed.set(report, terms);
  return { number, author: hashText(author)[1], createdAt, closedAt, ...terms };
}

function termsOf(report: Report): Terms {
  const positions = new Map<number, number>();
  const highs: number[] = [];
  const lows: number[] = [];
  const counts: number[] = [];
  const lengths = new Uint32Array(fieldCount);
  const title: number[] = [];

  const put = (high: number, low: number, field: number): number => {
    // 53 bits of the hash make an exact number.
    const key = high * 0x200000 + (low >>> 11);
    let position = positions.get(key);
    if (position === undefined) {
      position = highs.length;
      positions.set(key, position);
      highs.push(high);
      lows.push(low);
      counts.push(0);
    }
    const before = counts[position] ?? 0;
    if (countIn(before, field) < maxCount) counts[position] = before + (1 << (field * bitsPerField));
    lengths[field] = (lengths[field] ?? 0) + 1;
    return position;
  };

  visitTerms(report.title, 0, report.title.length, (term) => {
    const position = put(term.high, term.low, 0);
    if (!term.compound && title.length < maxTitleTerms) title.push(position);
  });
  const body = (regions: readonly Region[], field: number) => {
    const inError = insideOf(report.errors);
    // A stack frame is compared whole: its words would make every trace look like every other.
    const inFrame = insideOf(report.frames);
    for (const { start, end } of regions) {
      if ((lengths[field] ?? 0) > maxTermsPerField) return;
      visitTerms(report.body, start, end, (term, from) => {
        if (!inFrame(from)) put(term.high, term.low, inError(from) ? 3 : field);
      });
    }
  };
  body(report.prose, 1);
  // Code spans are words of the sentence they stand in, and within its region.
  body(
    report.code.filter(({ inline }) => !inline),
    2,
  );
  for (const [high, low] of marksOf(report)) put(high, low, 4);
  return {
    highs: Uint32Array.from(highs),
    lows: Uint32Array.from(lows),
    counts: Uint16Array.from(counts),
    title: Uint32Array.from(title),
    lengths,
    triples: triplesOf(report),
    constructs: constructsOf(report),
  };
}

/**
 * The hash of an error line of a body; null when it says too little. A quoted word is a name and differs from
 * report to report, a quoted phrase is what was said and belongs to the line.
 */
export function lineMark(line: ErrorLine, body: string): Mark | null {
  const raw = body.slice(line.start, Math.min(line.end, line.start + maxLine));
  const phrases = [...raw.matchAll(quotedPhrase)].map(([phrase]) =>
    phrase.toLowerCase().replace(/\d+/g, '0'),
  );
  return markOf('line', [line.normalised, ...phrases].join('\n'));
}

const maxLine = 500;
const quotedPhrase = /['"`](?:[^\s'"`]+\s){2}[^'"`]*['"`]/g;

/** The hash of a stack frame, whatever the build; null when it says too little. */
export function frameMark({ fn, file }: StackFrame): Mark | null {
  return markOf('frame', `${fn.replace(buildHash, '')} ${file}`);
}

type Mark = ReturnType<typeof hashText>;

/** What compilers append to a symbol to tell builds apart. */
const buildHash = /::h[\da-f]{12,}\w*$/;

function markOf(kind: 'line' | 'frame', key: string): Mark | null {
  return key.length < minMarkLength ? null : hashText(`${kind} ${key}`, 1);
}

function marksOf(report: Report): Mark[] {
  const lines = report.errors.map((line) => lineMark(line, report.body));
  const marks = [...lines, ...report.frames.map(frameMark)].filter((mark) => mark !== null);
  return [...new Map(marks.map((mark) => [mark.join(), mark])).values()];
}
