import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { Report } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { type Content, contents } from './content.ts';
import { isWord } from './normalise.ts';
import { notions } from './thesaurus.ts';

/** Features are numbers below this: a hash of their name, so that no vocabulary has to be shipped. */
export const featureSpace = 1 << 20;

/** Where a feature first stands: raw offsets in the title or the body; null for what is said of the whole. */
export interface Place extends Region {
  readonly inTitle: boolean;
}

/** The features of one report, each with a place to show. */
export type Features = ReadonlyMap<number, Place | null>;

/** Words that say nothing by themselves. Negations, and words about order and repetition, stay. */
const stopWords = new Set(
  (
    'a an the this that these those i me my we our you your it its he she they their of in on at to for from by with as ' +
    'is are was were be been being am do does did have has had having will would can could should may might and or if ' +
    'so than then there here which who whom what when where how all any each other some such very just also into over ' +
    'out up down off about more most own same s t re ve ll d m claude code please'
  ).split(' '),
);

const [space, percent, underscore] = [32, 37, 95];
/** Two notions belong together where they stand within so many words. */
const notionReach = 10;
/** Words that are read of one report: a log of megabytes tells no more than its beginning. */
const maxWords = 6000;

/** Adds the feature whose name has this hash. */
type Adder = (name: number, start: number, end: number, inTitle: boolean) => void;
/** A word of a content: its stem, what it stands for where other words say the same, and its raw place. */
type WordVisitor = (stem: string, notion: string | undefined, start: number, end: number) => void;

const [titled, noted, failed] = [hash('title '), hash('~'), hash('error ')];

/**
 * Reads the features of a report: stems, pairs of neighbouring stems, the title's stems, pairs within error
 * lines, and the kind of issue. Linear in the length of the report.
 */
export function readFeatures(report: Report): Features {
  const features = new Map<number, Place | null>();
  const add: Adder = (name, start, end, inTitle) => {
    const id = fold(name);
    if (!features.has(id)) features.set(id, { start, end, inTitle });
  };
  const { title, body } = contents(report);
  visitWords(title, (stem, _, start, end) => {
    if (!stopWords.has(stem)) add(hash(stem, titled), start, end, true);
  });
  for (const content of [title, body]) addWords(content, content === title, add);
  for (const { start, end, normalised } of report.errors) {
    let last = '';
    for (const stem of normalised.split(/[^\p{L}\p{N}<>]+/u).slice(0, 60)) {
      if (stem === '') continue;
      add(hash(stem, hash(' ', hash(last, failed))), start, end, false);
      last = stem;
    }
  }
  const kind = fold(hash(`kind ${report.kind}`));
  if (!features.has(kind)) features.set(kind, null);
  return features;
}

/** Stems, pairs of neighbours, and notions that stand near one another. */
function addWords(content: Content, inTitle: boolean, add: Adder): void {
  /** Of the stem before: where it starts, and its hash with a space behind. */
  let [lastStart, last] = [-1, 0];
  let near: { readonly notion: string; readonly at: number; readonly start: number }[] = [];
  let at = 0;
  visitWords(content, (stem, notion, start, end) => {
    at++;
    if (notion !== undefined) {
      add(hash(notion, noted), start, end, inTitle);
      near = near.filter((one) => at - one.at < notionReach);
      for (const one of near) {
        const pair = one.notion < notion ? `${one.notion} ${notion}` : `${notion} ${one.notion}`;
        if (one.notion !== notion) add(hash(pair, noted), one.start, end, inTitle);
      }
      near.push({ notion, at, start });
    }
    if (stopWords.has(stem)) return;
    const own = hash(stem);
    add(own, start, end, inTitle);
    if (lastStart >= 0) add(hash(stem, last), lastStart, end, inTitle);
    [lastStart, last] = [start, hash(' ', own)];
  });
}

/** The ids of a report's features, growing: what models learn from and what may be kept of a report. */
export function featuresOf(report: Report): Uint32Array {
  return Uint32Array.from(readFeatures(report).keys()).sort();
}

/** Visits the words of a content; gaps part nothing here, since a form's answers belong together. */
function visitWords(content: Content, visit: WordVisitor): void {
  const { codes, starts } = content.text;
  let count = 0;
  let at = 0;
  while (at < codes.length && count < maxWords) {
    if (!isWord(codes[at]) || codes[at] === underscore) {
      at++;
      continue;
    }
    const from = at;
    while (at < codes.length && isWord(codes[at]) && codes[at] !== underscore && at - from < 40) at++;
    count++;
    const text = slice(codes, from, at);
    visit(
      stemOf(text),
      share(codes, at, text) ?? notions.get(text),
      starts[from] ?? 0,
      (starts[at - 1] ?? 0) + 1,
    );
  }
}

/** Character by character: for words that is several times faster than spreading. */
function slice(codes: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(codes[at] ?? 0);
  return text;
}

/** A number with a percent sign behind it: all of something, or a part. */
function share(codes: Uint16Array, at: number, text: string): string | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const next = codes[at] === space ? codes[at + 1] : codes[at];
  if (next !== percent) return undefined;
  return text === '100' ? 'everything' : 'percent';
}

const stems = new Map<string, string>();

function stemOf(word: string): string {
  // A number is a name only where it is short: 529, 32000; the others differ from report to report.
  if (/^\d+$/.test(word)) return word.length === 3 || word.length === 5 ? word : '#';
  if (/\d/.test(word)) return word.length <= 8 ? word : '#';
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = stopWords.has(word) ? word : PorterStemmer.stem(word);
    if (stems.size < 50_000) stems.set(word, stem);
  }
  return stem;
}

/** FNV-1a of a text, or of a text that goes on with it after one whose hash is `before`. */
function hash(text: string, before = 0x811c9dc5): number {
  let value = before;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

/** Of a hash, the number of the feature. */
function fold(value: number): number {
  return ((value >>> 20) ^ value) & (featureSpace - 1);
}
