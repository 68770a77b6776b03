import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';

/** A word of a text, its stem in lower case, and its offsets. */
export interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** The stemmer takes quadratic time in a word's length; hardly any English word is longer. */
const maxStemmed = 24;
const maxWord = 40;
const maxCachedStems = 50_000;
const maxCachedLength = 12;
/** Kana, ideographs and Hangul: scripts that are read as pairs of characters. */
const unspacedScript = /[\u3041-\ud7a3]/;
const stemCache = new Map<string, string>();

/**
 * Splits `text` between two offsets into words, `limit` or a few more. A compound (`snake_case`,
 * `user.email`, `read-only`) yields itself and its parts, all with its offsets; scripts without spaces yield
 * pairs of characters.
 */
export function wordsOf(text: string, start: number, end: number, limit: number): Word[] {
  const words: Word[] = [];
  // A new object for each call, since `lastIndex` is its state.
  const pattern = /[\p{L}\p{N}_]+(?:[-.'’][\p{L}\p{N}_]+)*/gu;
  pattern.lastIndex = start;
  for (let found = pattern.exec(text); found !== null && words.length < limit; found = pattern.exec(text)) {
    if (found.index >= end) break;
    const stop = Math.min(pattern.lastIndex, end);
    const length = stop - found.index;
    if (unspacedScript.test(text.slice(found.index, found.index + maxWord))) {
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
  // Long numbers are dates, ids and sizes, which do not recur.
  if (/^\d/.test(word)) return word.length <= 4 ? [word] : [];
  if (/^[a-z]+$/.test(word)) return [stemOf(word)];
  const parts = word.split(/[-.'’_]/).filter((part) => part.length > 1);
  return parts.length > 1 ? [word, ...parts.map(stemOf)] : [word];
}

/** Caches the stems of short words, which recur from report to report. */
function stemOf(word: string): string {
  if (word.length > maxCachedLength) return word.length > maxStemmed ? word : PorterStemmer.stem(word);
  let stem = stemCache.get(word);
  if (stem === undefined) {
    if (stemCache.size >= maxCachedStems) stemCache.clear();
    stem = PorterStemmer.stem(word);
    stemCache.set(word, stem);
  }
  return stem;
}
