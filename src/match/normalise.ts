import type { Region } from '../model/text.ts';

/**
 * A text as rules see it: lower case, one space for any white space, without Markdown marks, with plain
 * quotes and dashes. UTF-16 code units, since the automaton works on numbers.
 */
export interface Normalised {
  readonly codes: Uint16Array;
  /** For each code the offset in the raw text of the unit that it came from. */
  readonly starts: Int32Array;
}

/** Separates two stretches of content; no phrase contains it. */
export const gap = 0;

const space = 32;
const [underscore, tilde, hash, quote, backslash, newline] = [95, 126, 35, 62, 92, 10];

// Each code unit folds to another unit, or to one of these.
const [drop, blank, dots] = [-1, -2, -3];
const folded = new Int32Array(65536);
/** 1 for a letter or digit of a script that separates words by spaces, and for the underscore. */
const wordUnits = new Uint8Array(65536);
for (let code = 0; code < 65536; code++) {
  const char = String.fromCharCode(code);
  const lower = char.toLowerCase();
  folded[code] = lower.length === 1 ? lower.charCodeAt(0) : code;
  if (
    /[\p{L}\p{N}\p{M}_]/u.test(char) &&
    !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(char)
  ) {
    wordUnits[code] = 1;
  }
  if (/\s/.test(char)) folded[code] = blank;
}
// Box-drawing characters: terminals frame messages with them, and people copy them along.
folded.fill(blank, 0x2500, 0x2580);
for (const [chars, to] of [
  ['\u0085\u23bf', blank],
  ['*`\u0000\u00ad\u200b\u200c\u200d\u2060', drop],
  ['\u2026', dots],
  ['\u2018\u2019\u201a\u201b\u2032', 39],
  ['\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033', 34],
  ['\u2010\u2011\u2012\u2013\u2014\u2015\u2212', 45],
] as const) {
  for (const char of chars) folded[char.charCodeAt(0)] = to;
}

/** Whether a code belongs to a word. */
export function isWord(code: number | undefined): boolean {
  return code !== undefined && wordUnits[code] === 1;
}

/**
 * Normalises stretches of a raw text (in order, not overlapping), with a gap after each. Linear in their
 * length.
 */
export function normalise(raw: string, stretches: readonly Region[]): Normalised {
  const room = 3 * stretches.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  const codes = new Uint16Array(room);
  const starts = new Int32Array(room);
  let length = 0;
  const emit = (code: number, at: number) => {
    codes[length] = code;
    starts[length++] = at;
  };
  for (const { start, end } of stretches) {
    let lineStart = start === 0 || raw.charCodeAt(start - 1) === newline;
    let at = start;
    while (at < end) {
      const code = raw.charCodeAt(at);
      const to = folded[code] ?? code;
      if (code === underscore) {
        const after = endOfRun(raw, at, end, code);
        // Underscores within an identifier belong to it; around a word they are emphasis.
        const keep = isWord(raw.charCodeAt(at - 1)) && isWord(raw.charCodeAt(after));
        for (; at < after; at++) if (keep) emit(code, at);
        continue;
      }
      if (to === blank) {
        if (codes[length - 1] !== space) emit(space, at);
        lineStart ||= code === newline;
      } else if (to === dots) {
        for (let times = 0; times < 3; times++) emit(46, at);
      } else if (to !== drop && !isMark(raw, at, code, lineStart)) {
        emit(to, at);
        lineStart = false;
      }
      at++;
    }
    emit(gap, end);
  }
  return { codes: codes.subarray(0, length), starts: starts.subarray(0, length) };
}

/**
 * Whether a character marks strike-through, a quote, a heading or an escape, which depends on its position.
 */
function isMark(raw: string, at: number, code: number, lineStart: boolean): boolean {
  if (code === hash || code === quote) return lineStart;
  if (code === tilde) return raw.charCodeAt(at + 1) === tilde || raw.charCodeAt(at - 1) === tilde;
  return code === backslash && isPunctuation(raw.charCodeAt(at + 1));
}

function isPunctuation(code: number): boolean {
  return code > space && code < 127 && (wordUnits[code] === 0 || code === underscore);
}

function endOfRun(raw: string, at: number, end: number, code: number): number {
  let after = at;
  while (after < end && raw.charCodeAt(after) === code) after++;
  return after;
}

/** Normalises a phrase of a page, and trims it. */
export function normalisePhrase(phrase: string): Uint16Array {
  const { codes } = normalise(phrase, [{ start: 0, end: phrase.length }]);
  const edge = new Set<number | undefined>([space, gap, backslash]);
  let [start, end] = [0, codes.length];
  while (start < end && edge.has(codes[start])) start++;
  while (end > start && edge.has(codes[end - 1])) end--;
  return codes.slice(start, end);
}
