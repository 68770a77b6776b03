import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/signature.ts';
import { common, countMembers, readStretches, type Word } from './words.ts';

/** Tells for each rule (by position) whether it holds of a report. */
export type RuleTest = (rules: readonly Rule[]) => (report: Report) => ReadonlySet<number>;

/** A rule that members share, and which of them (by position) it holds of. */
export interface Shared {
  readonly rule: Rule;
  /** What has to stand in a line that shows it, lower case. */
  readonly words: readonly string[];
  readonly members: ReadonlySet<number>;
  /** Reports of the background that would say all of this, were its words strewn by chance. */
  readonly chance: number;
}

const longestPhrase = 6;
const longestText = 80;
/** Candidates that are tried on members and background. */
const mostPhrases = 200;
const mostTerms = 48;
const mostNear = 12;
/** Words within which a pair has to stand. */
const within = 10;
/** A term that more of the background uses tells too little. */
const mostCommon = 0.15;

/**
 * What the reports of a group share and the background does not: phrases, words that stand near one another, and two or three
 * words anywhere in a report. Only what holds of at least `least` members, and of no background report but the forgiven one
 * (by position), comes back: a report of this failure that came before anybody noticed may be among the others.
 */
export function sharedRules(
  members: readonly Report[],
  background: readonly Report[],
  test: RuleTest,
  least: number,
  forgiven: number | null,
): readonly Shared[] {
  const stretches = members.map(readStretches);
  const terms = termsOf(stretches, least);
  const near = pairs(terms.slice(0, mostNear));
  const phrases = phrasesOf(stretches, least);
  const rules: Rule[] = [
    ...terms.map((text) => ({ text })),
    ...phrases.map((text) => ({ text })),
    ...near.map((words) => ({ near: words, within })),
  ];
  const holds = test(rules);
  const held = (reports: readonly Report[]): readonly ReadonlySet<number>[] => {
    const sets = rules.map(() => new Set<number>());
    for (const [position, report] of reports.entries())
      if (reports !== background || position !== forgiven)
        for (const index of holds(report)) sets[index]?.add(position);
    return sets;
  };
  const [own, elsewhere] = [held(members), held(background)];
  const told = (rule: Rule, words: readonly string[], index: number): Tried => ({
    rule,
    words: words.map((word) => word.replace(/\*$/, '')),
    members: own[index] ?? new Set(),
    elsewhere: elsewhere[index] ?? new Set(),
    chance: (elsewhere[index] ?? new Set()).size,
  });
  const single = terms.map((text, index) => told({ text }, [text], index));
  const others = rules
    .slice(terms.length)
    .map((rule, index) =>
      told(rule, 'near' in rule ? rule.near : 'text' in rule ? [rule.text] : [], terms.length + index),
    );
  const together = combine(
    single.filter((one) => one.elsewhere.size <= background.length * mostCommon),
    background.length,
    least,
  );
  return [...single, ...others, ...together].filter(
    (one) => one.members.size >= least && one.elsewhere.size === 0,
  );
}

interface Tried extends Shared {
  readonly elsewhere: ReadonlySet<number>;
}

/** Two or three terms that a report says anywhere: where two of them also stand in the background, a third. */
function combine(terms: readonly Tried[], background: number, least: number): Tried[] {
  const found: Tried[] = [];
  const both = (a: Tried, b: Tried): Tried => ({
    rule: { all: [...parts(a.rule), ...parts(b.rule)] },
    words: [...a.words, ...b.words],
    members: a.members.intersection(b.members),
    elsewhere: a.elsewhere.intersection(b.elsewhere),
    chance: (a.chance * b.chance) / Math.max(1, background),
  });
  for (const [first, a] of terms.entries()) {
    for (const [second, b] of terms.entries()) {
      if (second <= first || overlap(a, b)) continue;
      const two = both(a, b);
      if (two.members.size < least) continue;
      if (two.elsewhere.size === 0) found.push(two);
      else
        for (const c of terms.slice(second + 1)) {
          if (overlap(a, c) || overlap(b, c)) continue;
          const three = both(two, c);
          if (three.members.size >= least && three.elsewhere.size === 0) found.push(three);
        }
    }
  }
  return found;
}

function parts(rule: Rule): readonly Rule[] {
  return 'all' in rule ? rule.all : [rule];
}

/** `sign*` and `signed` say one thing. */
function overlap(a: Tried, b: Tried): boolean {
  return a.words.some((one) => b.words.some((other) => one.startsWith(other) || other.startsWith(one)));
}

/**
 * The message that most members share, if a quarter does; null without one. What differs from member to member (names in
 * quotes, words with digits) is an ellipsis.
 */
export function sharedMessage(members: readonly Report[]): string | null {
  const counts = new Map<string, { text: string; wordings: Set<string>; members: number }>();
  for (const report of members) {
    const lines = new Map(
      report.errors.map(({ end, normalised, start }) => [
        masked(normalised),
        { normalised, text: report.body.slice(start, end) },
      ]),
    );
    for (const [line, { normalised, text }] of lines) {
      const known = counts.get(line) ?? { text, wordings: new Set(), members: 0 };
      known.wordings.add(normalised);
      counts.set(line, { ...known, members: known.members + 1 });
    }
  }
  const [widest] = [...counts.values()]
    .filter((one) => one.members > 1 && one.members * 4 >= members.length)
    .toSorted((a, b) => b.members - a.members || b.text.length - a.text.length);
  if (widest === undefined) return null;
  const text = widest.text
    .replaceAll('\\"', '"')
    .replace(/(?:\/(?:Users|home)\/|\b[A-Z]:\\+Users\\+)[^/\\\s]+/g, '~')
    .replace(/[`*\s\p{Cc}]+/gu, ' ')
    .trim();
  return widest.wordings.size > 1 ? masked(text) : text;
}

function masked(line: string): string {
  return line.replace(/"[^"]*"|'[^']*'|<[^<>]*>/g, '"…"').replace(/(?<![\w.])\w*\d[\w.]*/g, '…');
}

function phrasesOf(stretches: readonly (readonly Word[])[][], least: number): readonly string[] {
  const counts = countMembers(stretches, (words, add) => {
    for (let from = 0; from < words.length; from++) {
      let text = '';
      for (let to = from; to < Math.min(words.length, from + longestPhrase); to++) {
        const word = words[to];
        if (word === undefined || (to > from && !/^[ ]?[-:,.'"/(]?[ ]?$/.test(word.gap))) break;
        text = to === from ? word.text : `${text}${word.gap}${word.text}`;
        if (text.length > longestText) break;
        if (
          to > from &&
          !common.has(words[from]?.text ?? '') &&
          !common.has(word.text) &&
          /\p{L}{3}/u.test(text)
        )
          add(text);
      }
    }
  });
  const wide = [...counts].filter(([, members]) => members >= least);
  return wide
    .filter(
      ([text, members]) =>
        !wide.some(
          ([other, same]) => same === members && other !== text && ` ${other} `.includes(` ${text} `),
        ),
    )
    .toSorted(
      ([a, x], [b, y]) =>
        y * Math.min(b.split(' ').length, 3) - x * Math.min(a.split(' ').length, 3) || y - x,
    )
    .slice(0, mostPhrases)
    .map(([text]) => text);
}

/** The words that most members use, whatever their ending: `paste*` for paste, pasted and pasting. */
function termsOf(stretches: readonly (readonly Word[])[][], least: number): readonly string[] {
  const counts = countMembers(stretches, (stretch, add) => {
    for (const { text } of stretch)
      if (text.length > 2 && !common.has(text) && !/^\d/.test(text)) add(termOf(text));
  });
  return [...counts]
    .filter(([, members]) => members >= least)
    .toSorted(([a, x], [b, y]) => y - x || b.length - a.length || (a < b ? -1 : 1))
    .slice(0, mostTerms)
    .map(([term]) => term);
}

const endings = /(?:ings?|ed|es|s|e)$/;
const shortestStem = 4;

function termOf(word: string): string {
  const stem = word.replace(endings, '').replace(/([^aeiouls])\1$/, '$1');
  return stem.length >= shortestStem ? `${stem}*` : word;
}

function pairs(words: readonly string[]): readonly string[][] {
  return words.flatMap((a, k) => words.slice(k + 1).map((b) => [a, b]));
}
