import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/signature.ts';

/** Whole words of one stretch of text, as rules see it: lower case, without Markdown marks and typographic quotes. */
interface Word {
  readonly text: string;
  /** What stands between it and the word before. */
  readonly gap: string;
}

/** Tells for each rule (by position) whether it holds of a report. */
export type RuleTest = (rules: readonly Rule[]) => (report: Report) => ReadonlySet<number>;

/** A rule that members share, and which of them (by position) it holds of. */
export interface Shared {
  readonly rule: Rule;
  readonly text: string;
  readonly members: ReadonlySet<number>;
}

const longestPhrase = 6;
const longestText = 80;
/** Words of a report that are looked at: what is shared stands early. */
const mostWords = 800;
/** Words that are tried in pairs. */
const mostKeywords = 12;
/** Words within which a pair has to stand. */
const within = 10;
/** Candidates that are tried on members and background. */
const mostTried = 400;

/** Words too common in English to make a phrase by themselves, or to begin or end one. */
const common = new Set(
  `a about after again all also am an and any are as at be been before but by can cannot could did do does for from get
  gets got had has have how i if in into is it its just like me my no not now of off on only or other our out same so some
  still such than that the their them then there they this to too up us use used using very was we were what when where
  which while will with without would you your`.split(/\s+/),
);

/**
 * What the reports of a group share and the background does not: phrases first, then pairs of words that stand near one
 * another. Only what holds of no background report, and of at least `least` members, comes back; widest first.
 */
export function sharedRules(
  members: readonly Report[],
  background: readonly Report[],
  test: RuleTest,
  least: number,
): readonly Shared[] {
  const stretches = members.map(readStretches);
  const rules = [...phrases(stretches, least), ...pairs(stretches, least)].slice(0, mostTried);
  const holds = test(rules.map(({ rule }) => rule));
  const seen = rules.map(() => new Set<number>());
  for (const [position, report] of members.entries())
    for (const index of holds(report)) seen[index]?.add(position);
  const elsewhere = new Set(background.flatMap((report) => [...holds(report)]));
  return rules
    .map((one, index) => ({ ...one, members: seen[index] ?? new Set<number>() }))
    .filter((one, index) => one.members.size >= least && !elsewhere.has(index))
    .toSorted((a, b) => b.members.size - a.members.size || b.text.length - a.text.length);
}

/** The longest message that at least half of the members share, as they wrote it; null without one. */
export function sharedMessage(members: readonly Report[]): string | null {
  const counts = new Map<string, { text: string; members: number }>();
  for (const report of members) {
    const lines = new Map(
      report.errors.map(({ end, normalised, start }) => [normalised, report.body.slice(start, end)] as const),
    );
    for (const [line, text] of lines) {
      const known = counts.get(line) ?? { text, members: 0 };
      counts.set(line, { ...known, members: known.members + 1 });
    }
  }
  const widest = [...counts.values()]
    .filter((one) => one.members > 1 && one.members * 3 >= members.length)
    .toSorted((a, b) => b.members - a.members || b.text.length - a.text.length)[0];
  return widest?.text.replace(/[`*\s]+/g, ' ').trim() ?? null;
}

function phrases(stretches: readonly (readonly Word[])[][], least: number): { rule: Rule; text: string }[] {
  const counts = count(stretches, (words, add) => {
    for (let from = 0; from < words.length; from++) {
      let text = '';
      for (let to = from; to < Math.min(words.length, from + longestPhrase); to++) {
        const word = words[to];
        if (word === undefined || (to > from && !/^[ ]?[-:,.'"/(]?[ ]?$/.test(word.gap))) break;
        text = to === from ? word.text : `${text}${word.gap}${word.text}`;
        if (text.length > longestText) break;
        if (!common.has(words[from]?.text ?? '') && !common.has(word.text) && /\p{L}{3}/u.test(text))
          add(text);
      }
    }
  });
  const wide = [...counts].filter(([, members]) => members >= least);
  return wide
    .filter(
      ([text, members]) =>
        !wide.some(
          ([other, same]) =>
            same === members && other !== text && ` ${other} `.includes(` ${text} `) && text.includes(' '),
        ),
    )
    .toSorted(
      ([a, x], [b, y]) =>
        y * Math.min(b.split(' ').length, 3) - x * Math.min(a.split(' ').length, 3) || y - x,
    )
    .slice(0, mostTried / 2)
    .map(([text]) => ({ rule: { text }, text }));
}

/** Pairs of the words that most members use. */
function pairs(stretches: readonly (readonly Word[])[][], least: number): { rule: Rule; text: string }[] {
  const words = count(stretches, (stretch, add) => {
    for (const { text } of stretch) if (text.length > 3 && !common.has(text) && !/^\d/.test(text)) add(text);
  });
  const keywords = [...words]
    .filter(([, members]) => members >= least)
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostKeywords)
    .map(([word]) => word);
  return keywords.flatMap((a, k) =>
    keywords.slice(k + 1).map((b) => ({ rule: { near: [a, b], within }, text: `${a} … ${b}` })),
  );
}

/** In how many members each text occurs. */
function count(
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
function readStretches({ body, code, errors, prose, title }: Report): Word[][] {
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
