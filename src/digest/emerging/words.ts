import type { Report } from '../../model/report.ts';

/** Whole words of one stretch of text, as rules see it: lower case, without Markdown marks and typographic quotes. */
export interface Word {
  readonly text: string;
  /** What stands between it and the word before. */
  readonly gap: string;
}

/** Words of a report that are looked at: what is shared stands early. */
const mostWords = 800;

/** Words too common in English to make a phrase by themselves, or to begin or end one. */
export const common = new Set(
  `a about after again all also am an and any are as at be been before but by can cannot could did do does for from get
  gets got had has have how i if in into is it its just like me my no not now of off on only or other our out same so some
  still such than that the their them then there they this to too up us use used using very was we were what when where
  which while will with without would you your`.split(/\s+/),
);

/** In how many members each text occurs. */
export function countMembers(
  stretches: readonly (readonly Word[])[][],
  visit: (words: readonly Word[], add: (text: string) => void) => void,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const member of stretches) {
    const own = new Set<string>();
    for (const words of member) visit(words, (text) => own.add(text));
    for (const text of own) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Title, and each paragraph or line of the body that is the reporter's. */
export function readStretches({ body, code, errors, prose, title }: Report): Word[][] {
  const regions = [...errors, ...prose, ...code].map(({ end, start }) => body.slice(start, end));
  let left = mostWords;
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
