import type { ErrorLine, Report, StackFrame } from '../../model/report.ts';
import type { Region } from '../../model/text.ts';
import { type Constructs, constructsOf } from './constructs.ts';
import { hashText } from './hash.ts';
import { isWithin } from './regions.ts';
import { visitTerms } from './tokens.ts';
import { type Triples, triplesOf } from './triples.ts';

/** What the index needs of an issue. The report is of redacted text; times are epoch milliseconds. */
export interface IndexableIssue {
  readonly number: number;
  readonly author: string;
  readonly createdAt: number;
  /** Null while open. */
  readonly closedAt: number | null;
  readonly report: Report;
}

/**
 * The fields of a document, by position. A `fingerprint` is no text: a whole error line or stack frame,
 * compared for equality.
 */
export const fields = { title: 0, prose: 1, code: 2, errors: 3, fingerprint: 4 } as const;
export type FieldName = keyof typeof fields;
export const fieldCount = 5;

/** A term's frequency in each field: three bits a field, so that seven means seven or more. */
export type FieldCounts = number;

const bitsPerField = 3;
export const maxTermFrequency = (1 << bitsPerField) - 1;
/** How many different counts there are: tables by counts are so long. */
export const fieldCountsSize = 1 << (bitsPerField * fieldCount);

/** A term's frequency in the field of that position, seven at most. */
export function termFrequency(counts: FieldCounts, field: number): number {
  return (counts >> (field * bitsPerField)) & maxTermFrequency;
}

/** An issue taken apart into terms, whatever numbers an index gives to these. */
export interface Analysis extends Content {
  readonly number: number;
  readonly author: number;
  readonly createdAt: number;
  readonly closedAt: number | null;
}

/** A report as numbers. */
interface Content {
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
const minFingerprintLength = 12;

/** An issue is a query first and then joins the index: its report is analysed once. */
const contentByReport = new WeakMap<Report, Content>();

/** Takes an issue apart into terms, in time linear in the length of its text. */
export function analyse({ author, closedAt, createdAt, number, report }: IndexableIssue): Analysis {
  const content = contentByReport.get(report) ?? analyseReport(report);
  contentByReport.set(report, content);
  return { number, author: hashText(author)[1], createdAt, closedAt, ...content };
}

function analyseReport(report: Report): Content {
  const terms = collectTerms();
  const title: number[] = [];
  visitTerms(report.title, 0, report.title.length, (term) => {
    const position = terms.add(term.high, term.low, fields.title);
    if (!term.compound && title.length < maxTitleTerms) title.push(position);
  });
  const addBody = (regions: readonly Region[], name: 'prose' | 'code') => {
    const inError = isWithin(report.errors);
    // A stack frame is compared whole: its words would make every trace look like every other.
    const inFrame = isWithin(report.frames);
    for (const { start, end } of regions) {
      if (terms.lengths[fields[name]]! > maxTermsPerField) return;
      visitTerms(report.body, start, end, (term, from) => {
        if (!inFrame(from)) terms.add(term.high, term.low, inError(from) ? fields.errors : fields[name]);
      });
    }
  };
  addBody(report.prose, 'prose');
  // Code spans are words of the sentence they stand in, and within its region.
  const blocks = report.code.filter(({ inline }) => !inline);
  addBody(blocks, 'code');
  for (const [high, low] of fingerprintsOf(report)) terms.add(high, low, fields.fingerprint);
  return {
    highs: Uint32Array.from(terms.highs),
    lows: Uint32Array.from(terms.lows),
    counts: Uint16Array.from(terms.counts),
    title: Uint32Array.from(title),
    lengths: terms.lengths,
    triples: triplesOf(report),
    constructs: constructsOf(report),
  };
}

/** Counts terms by field. `add` gives the position of the term. */
function collectTerms() {
  const positions = new Map<number, number>();
  const highs: number[] = [];
  const lows: number[] = [];
  const counts: number[] = [];
  const lengths = new Uint32Array(fieldCount);
  const add = (high: number, low: number, field: number): number => {
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
    const before = counts[position]!;
    if (termFrequency(before, field) < maxTermFrequency)
      counts[position] = before + (1 << (field * bitsPerField));
    lengths[field]!++;
    return position;
  };
  return { highs, lows, counts, lengths, add };
}

/**
 * The hash of an error line of a body; null when it says too little. A quoted word is a name, which differs
 * from report to report; a quoted phrase belongs to the message.
 */
export function lineFingerprint(line: ErrorLine, body: string): Fingerprint | null {
  const raw = body.slice(line.start, Math.min(line.end, line.start + maxLineLength));
  const phrases = [...raw.matchAll(quotedPhrase)].map(([phrase]) =>
    phrase.toLowerCase().replace(/\d+/g, '0'),
  );
  return fingerprintOf('line', [line.normalised, ...phrases].join('\n'));
}

const maxLineLength = 500;
const quotedPhrase = /['"`](?:[^\s'"`]+\s){2}[^'"`]*['"`]/g;

/** The hash of a stack frame, whatever the build; null when it says too little. */
export function frameFingerprint({ fn, file }: StackFrame): Fingerprint | null {
  return fingerprintOf('frame', `${fn.replace(buildHash, '')} ${file}`);
}

export type Fingerprint = ReturnType<typeof hashText>;

/** What compilers append to a symbol to tell builds apart. */
const buildHash = /::h[\da-f]{12,}\w*$/;

function fingerprintOf(kind: 'line' | 'frame', key: string): Fingerprint | null {
  return key.length < minFingerprintLength ? null : hashText(`${kind} ${key}`, 1);
}

function fingerprintsOf(report: Report): Fingerprint[] {
  const lines = report.errors.map((line) => lineFingerprint(line, report.body));
  const all = [...lines, ...report.frames.map(frameFingerprint)].filter((one) => one !== null);
  return [...new Map(all.map((one) => [one.join(), one])).values()];
}
