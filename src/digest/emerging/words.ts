import type { Report } from '../../model/report.ts';
import { countValues } from '../counts.ts';

/** A whole word as rules see it: lower case, without Markdown marks and typographic quotes. */
export interface Word {
  readonly text: string;
  /** What stands between it and the word before. */
  readonly gap: string;
}

/** Reads no more words of a report: what reports share stands early. */
const maxWords = 800;

/** Words too common in English to be a term, or to begin or end a phrase. */
export const stopWords = new Set(
  `a about after again all also am an and any are as at be been before but by can cannot could did do does
  for from get gets got had has have how i if in into is it its just like me my no not now of off on only or
  other our out same so some still such than that the their them then there they this to too up us use used
  using very was we were what when where which while will with without would you your`.split(/\s+/),
);

/** The words of a report by line. */
export type Document = readonly (readonly Word[])[];

/** Counts in how many documents each text occurs. `visit` adds the texts of a line. */
export function documentFrequencies(
  documents: readonly Document[],
  visit: (words: readonly Word[], add: (text: string) => void) => void,
): ReadonlyMap<string, number> {
  return countValues(
    documents.flatMap((document) => {
      const own = new Set<string>();
      for (const words of document) visit(words, (text) => own.add(text));
      return [...own];
    }),
  );
}

/** Reads the words of the title and of each line of the body that is the reporter's. */
export function wordsByLine({ body, code, errors, prose, title }: Report): Document {
  const regions = [...errors, ...prose, ...code].map(({ end, start }) => body.slice(start, end));
  let left = maxWords;
  return [title, ...regions].flatMap((text) =>
    text.split('\n').map((line) => {
      const words = readWords(line).slice(0, left);
      left -= words.length;
      return words;
    }),
  );
}

function readWords(line: string): Word[] {
  const text = line
    .toLowerCase()
    .replace(/[*`~]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/\s+/g, ' ');
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    words.push({ text: match[0], gap: text.slice(end, match.index) });
    end = match.index + match[0].length;
  }
  return words;
}
