import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { Report } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { type ReportText, reportTexts } from './content.ts';
import { isWord } from './normalise.ts';
import { concepts } from './thesaurus.ts';

/** Feature ids are hashes of names below this number, so that no vocabulary has to be shipped. */
export const featureSpace = 1 << 20;

/** Where a feature first occurs, in raw offsets of the title or the body. */
export interface FeaturePosition extends Region {
  readonly inTitle: boolean;
}

/** The features of a report by id, in order of first occurrence; null for a feature of the whole report. */
export type HashedFeatures = ReadonlyMap<number, FeaturePosition | null>;

/** Words that are no features of their own. Negations, and words of order and repetition, are kept. */
const stopWords = new Set(
  (
    'a an the this that these those i me my we our you your it its he she they their of in on at to ' +
    'for from by with as is are was were be been being am do does did have has had having will would ' +
    'can could should may might and or if so than then there here which who whom what when where how ' +
    'all any each other some such very just also into over out up down off about more most own same ' +
    's t re ve ll d m claude code please'
  ).split(' '),
);

const [space, percent, underscore] = [32, 37, 95];
/** Two concepts form a pair when fewer words than this separate them. */
const maxConceptDistance = 10;
/** Words read of one text: a log of megabytes says no more than its beginning. */
const maxWords = 6000;

/** Adds the feature whose name has this hash, unless the report has it already. */
type AddFeature = (name: number, start: number, end: number, inTitle: boolean) => void;
/** Receives a word's stem, the concept of its synonyms if it has one, and its raw offsets. */
type WordVisitor = (stem: string, concept: string | undefined, start: number, end: number) => void;

const [titlePrefix, conceptPrefix, errorPrefix] = [hash('title '), hash('~'), hash('error ')];

/**
 * Hashes the features of a report: stems and pairs of neighbouring stems, concepts and pairs of nearby
 * concepts, the title's stems, pairs within error lines, and the kind of issue. Linear in the length of the
 * report.
 */
export function hashFeatures(report: Report): HashedFeatures {
  const features = new Map<number, FeaturePosition | null>();
  const add: AddFeature = (name, start, end, inTitle) => {
    const id = featureId(name);
    if (!features.has(id)) features.set(id, { start, end, inTitle });
  };
  const { title, body } = reportTexts(report);
  visitWords(title, (stem, _, start, end) => {
    if (!stopWords.has(stem)) add(hash(stem, titlePrefix), start, end, true);
  });
  for (const content of [title, body]) addWords(content, content === title, add);
  for (const { start, end, normalised } of report.errors) {
    let last = '';
    for (const stem of normalised.split(/[^\p{L}\p{N}<>]+/u).slice(0, 60)) {
      if (stem === '') continue;
      add(hash(stem, hash(' ', hash(last, errorPrefix))), start, end, false);
      last = stem;
    }
  }
  const kind = featureId(hash(`kind ${report.kind}`));
  if (!features.has(kind)) features.set(kind, null);
  return features;
}

/** Adds stems, pairs of neighbours, concepts, and pairs of nearby concepts. */
function addWords(content: ReportText, inTitle: boolean, add: AddFeature): void {
  // The previous stem's start, and its hash with a space appended.
  let [lastStart, last] = [-1, 0];
  let near: { readonly concept: string; readonly at: number; readonly start: number }[] = [];
  let at = 0;
  visitWords(content, (stem, concept, start, end) => {
    at++;
    if (concept !== undefined) {
      add(hash(concept, conceptPrefix), start, end, inTitle);
      near = near.filter((one) => at - one.at < maxConceptDistance);
      for (const one of near) {
        const pair = one.concept < concept ? `${one.concept} ${concept}` : `${concept} ${one.concept}`;
        if (one.concept !== concept) add(hash(pair, conceptPrefix), one.start, end, inTitle);
      }
      near.push({ concept, at, start });
    }
    if (stopWords.has(stem)) return;
    const stemHash = hash(stem);
    add(stemHash, start, end, inTitle);
    if (lastStart >= 0) add(hash(stem, last), lastStart, end, inTitle);
    [lastStart, last] = [start, hash(' ', stemHash)];
  });
}

/** The ascending feature ids of a report: what models learn from, and all that may be stored of a report. */
export function featureIds(report: Report): Uint32Array {
  return Uint32Array.from(hashFeatures(report).keys()).sort();
}

/** Visits words across the gaps between stretches, since a form's answers belong together. */
function visitWords(content: ReportText, visit: WordVisitor): void {
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
      percentageConcept(codes, at, text) ?? concepts.get(text),
      starts[from] ?? 0,
      (starts[at - 1] ?? 0) + 1,
    );
  }
}

/** Builds the string character by character: for words, several times faster than spreading. */
function slice(codes: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(codes[at] ?? 0);
  return text;
}

/** The concept of a number before a percent sign: all of something, or a part of it. */
function percentageConcept(codes: Uint16Array, at: number, text: string): string | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const next = codes[at] === space ? codes[at + 1] : codes[at];
  if (next !== percent) return undefined;
  return text === '100' ? 'everything' : 'percent';
}

const stems = new Map<string, string>();

function stemOf(word: string): string {
  // Only short numbers are names (529, 32000); others differ from report to report.
  if (/^\d+$/.test(word)) return word.length === 3 || word.length === 5 ? word : '#';
  if (/\d/.test(word)) return word.length <= 8 ? word : '#';
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = stopWords.has(word) ? word : PorterStemmer.stem(word);
    if (stems.size < 50_000) stems.set(word, stem);
  }
  return stem;
}

/** FNV-1a of a text; with `before`, of the text appended to one whose hash is `before`. */
function hash(text: string, before = 0x811c9dc5): number {
  let value = before;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

/** Folds a hash into the feature space. */
function featureId(value: number): number {
  return ((value >>> 20) ^ value) & (featureSpace - 1);
}
