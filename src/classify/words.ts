import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';

/** A word of a text and its place there; `stem` is in lower case. */
export interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** The stemmer's patterns are quadratic in the word's length; no English word is longer. */
const maxStemmed = 24;
const maxWord = 40;
const maxRemembered = 50_000;
const maxRememberedLength = 12;
/** Kana, ideographs, Hangul: scripts in which words are not set apart. */
const unspaced = /[\u3041-\ud7a3]/;
const remembered = new Map<string, string>();

/**
 * The words of `text` between two offsets, `limit` of them or a few more. A compound (`snake_case`, `user.email`,
 * `read-only`) gives itself and its parts, all at its place; scripts without spaces give pairs of characters.
 */
export function wordsOf(text: string, start: number, end: number, limit: number): Word[] {
  const words: Word[] = [];
  // Its own object on each call: the place where it goes on is its state.
  const pattern = /[\p{L}\p{N}_]+(?:[-.'’][\p{L}\p{N}_]+)*/gu;
  pattern.lastIndex = start;
  for (let found = pattern.exec(text); found !== null && words.length < limit; found = pattern.exec(text)) {
    if (found.index >= end) break;
    const stop = Math.min(pattern.lastIndex, end);
    const length = stop - found.index;
    if (unspaced.test(text.slice(found.index, found.index + maxWord))) {
      for (let at = found.index; at < Math.max(stop - 1, found.index + 1) && words.length < limit; at++)
        words.push({
          stem: text.slice(at, Math.min(at + 2, stop)).toLowerCase(),
          start: at,
          end: Math.min(at + 2, stop),
        });
    } else if (length <= maxWord) {
      for (const stem of stemsOf(text.slice(found.index, stop)))
        words.push({ stem, start: found.index, end: stop });
    }
  }
  return words;
}

function stemsOf(given: string): readonly string[] {
  const word = given.toLowerCase();
  // Long numbers are dates, ids and sizes: they say nothing about the next report.
  if (/^\d/.test(word)) return word.length <= 4 ? [word] : [];
  if (/^[a-z]+$/.test(word)) return [stemOf(word)];
  const parts = word.split(/[-.'’_]/).filter((part) => part.length > 1);
  return parts.length > 1 ? [word, ...parts.map(stemOf)] : [word];
}

/** Common words repeat from report to report: their stems are remembered. Long ones may be anything, and are not. */
function stemOf(word: string): string {
  if (word.length > maxRememberedLength) return word.length > maxStemmed ? word : PorterStemmer.stem(word);
  let stem = remembered.get(word);
  if (stem === undefined) {
    if (remembered.size >= maxRemembered) remembered.clear();
    stem = PorterStemmer.stem(word);
    remembered.set(word, stem);
  }
  return stem;
}
