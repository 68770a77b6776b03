import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { hashText } from './hash.ts';

/** A unit of comparison: the stem of a word or of a part of an identifier, known by its hash only. */
export interface Term {
  readonly high: number;
  readonly low: number;
  /** The whole of an identifier that was also split: `snake_case` beside `snake` and `case`. */
  readonly compound: boolean;
}

/** Called for each term with its UTF-16 offsets in the text. */
export type TermVisitor = (term: Term, start: number, end: number) => void;

const maxWordLength = 64;
/** The stemmer's patterns are quadratic in a word's length; no English word is longer. */
const maxStemmedLength = 24;
const maxCachedWords = 100_000;

// Function words and the politeness of reports stand everywhere and cost a posting each.
const stopWords = new Set(
  `a about all also am an and any are as at be because been but by can could did do does doing for from get
  had has have he her here hi him his how i if in into is it its just me more most my no not of on or our
  out over please she should so some such than thanks that the their them then there these they this those
  to too up us very was we were what when where which while who why will with would you your`.split(/\s+/),
);

const termsByWord = new Map<string, readonly Term[]>();

/**
 * Splits a stretch of text into terms: words are stemmed, identifiers give their parts and themselves,
 * numbers count from two digits on, scripts without spaces give pairs of characters. References to issues
 * (`#123`, issue and pull URLs) give nothing: they are often added after the fact.
 */
export function visitTerms(text: string, start: number, end: number, visit: TermVisitor): void {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code)) {
      at += code === hash ? referenceLength(text, at, end) : 1;
      continue;
    }
    const from = at;
    if (code >= firstIdeograph) {
      while (at < end && text.charCodeAt(at) >= firstIdeograph) at++;
      visitPairs(text, from, at, visit);
      continue;
    }
    at = wordEnd(text, at, end);
    const link = linkLength(text, from, at, end);
    if (link > 0) {
      at += link;
      continue;
    }
    if (at - from > maxWordLength) continue;
    for (const term of termsOf(text.slice(from, at))) visit(term, from, at);
  }
}

const hash = 0x23;
/** Kana, ideographs, Hangul: scripts in which words are not set apart. */
const firstIdeograph = 0x3041;

function isWordCode(code: number): boolean {
  if (code < 0x80) {
    return (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x30 && code <= 0x39) ||
      code === 0x5f
    );
  }
  return (
    code >= 0xc0 && (code < 0x2000 || code >= firstIdeograph) && code < 0xff00 && (code & 0xf800) !== 0xd800
  );
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function wordEnd(text: string, start: number, end: number): number {
  let at = start + 1;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isWordCode(code) && code < firstIdeograph) at++;
    // Versions stay whole: 1.2.3
    else if (code === 0x2e && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))) at++;
    else break;
  }
  return at;
}

/** How much of `#123` to step over; 1 where the mark is something else. */
function referenceLength(text: string, at: number, end: number): number {
  let length = 1;
  while (at + length < end && isDigit(text.charCodeAt(at + length))) length++;
  return length;
}

/** How many characters behind the word `http` or `https` belong to an address of an issue or pull request. */
function linkLength(text: string, from: number, to: number, end: number): number {
  if (to - from > 5 || !text.startsWith('://', to) || !text.startsWith('http', from)) return 0;
  const address = /^:\/\/[^\s<>()"'`\]]{1,200}/.exec(text.slice(to, Math.min(end, to + 210)))?.[0] ?? '';
  return /\/(issues|pull|pulls|discussions)\/\d/.test(address) ? address.length : 0;
}

function visitPairs(text: string, from: number, to: number, visit: TermVisitor): void {
  for (let at = from; at < Math.max(to - 1, from + 1); at++) {
    const stop = Math.min(at + 2, to);
    visit(toTerm(text.slice(at, stop), false), at, stop);
  }
}

function toTerm(text: string, compound: boolean): Term {
  const [high, low] = hashText(text);
  return { high, low, compound };
}

/** Words repeat, so that their terms are cached. */
function termsOf(word: string): readonly Term[] {
  let terms = termsByWord.get(word);
  if (terms === undefined) {
    if (termsByWord.size >= maxCachedWords) termsByWord.clear();
    terms = analyseWord(word);
    termsByWord.set(word, terms);
  }
  return terms;
}

function analyseWord(word: string): readonly Term[] {
  if (isDigit(word.charCodeAt(0)) && /^[\d.]+$/.test(word))
    return word.length > 1 ? [toTerm(word, false)] : [];
  if (isRunName(word)) return [];
  const whole = word.toLowerCase();
  const parts = word
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _]+/)
    .filter((part) => part !== '');
  const terms = parts
    .filter((part) => part.length > 1 && !stopWords.has(part))
    .map((part) => toTerm(stem(part), false));
  if (parts.length > 1 && whole.length <= maxWordLength) terms.push(toTerm(whole, true));
  return terms;
}

/** Addresses, commits and hashes of symbols name one run or build, and say nothing of what failed. */
function isRunName(word: string): boolean {
  return /^(?:0x|h)?[\da-f]{7,}$/i.test(word) && /\d/.test(word);
}

function stem(word: string): string {
  return word.length > maxStemmedLength || /[^a-z]/.test(word) ? word : PorterStemmer.stem(word);
}
