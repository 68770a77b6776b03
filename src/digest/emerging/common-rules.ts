import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/signature.ts';
import { type Document, documentFrequencies, stopWords, wordsByLine } from './words.ts';

/** Compiles rules into a function that gives the positions of those that hold of a report. */
export type RuleMatcher = (rules: readonly Rule[]) => (report: Report) => ReadonlySet<number>;

/** A rule that reports of a group have in common, and their positions. */
export interface CommonRule {
  readonly rule: Rule;
  /** The words that a line has to show, lower case. */
  readonly words: readonly string[];
  readonly members: ReadonlySet<number>;
  /** How many background reports would say all of this by chance, were its words independent. */
  readonly chance: number;
}

const maxPhraseWords = 6;
const maxPhraseLength = 80;
/** Tries at most so many candidates. */
const maxPhrases = 200;
const maxTerms = 48;
const maxNear = 12;
/** A pair has to stand within so many words. */
const within = 10;
/** A term that more of the background uses tells too little. */
const maxBackgroundShare = 0.15;

/**
 * Finds what the reports of a group share and the background does not: phrases, words near one another, and
 * two or three words anywhere. Each rule holds of at least `minMembers` members and of no background report
 * but the forgiven one (by position): a report of this failure may have come before anybody noticed.
 */
export function commonRules(
  members: readonly Report[],
  background: readonly Report[],
  matcher: RuleMatcher,
  minMembers: number,
  forgiven: number | null,
): readonly CommonRule[] {
  const lines = members.map(wordsByLine);
  const terms = commonTerms(lines, minMembers);
  const phrases = commonPhrases(lines, minMembers);
  const shapes = [
    ...[...terms, ...phrases].map((text) => ({ rule: { text }, words: [text] })),
    ...pairs(terms.slice(0, maxNear)).map((words) => ({ rule: { near: words, within }, words })),
  ];
  const holds = matcher(shapes.map(({ rule }) => rule));
  const [own, elsewhere] = [positionsByRule(members, holds), positionsByRule(background, holds, forgiven)];
  const candidates = shapes.map(({ rule, words }, index): CandidateRule => {
    const others = elsewhere.get(index) ?? new Set();
    const plain = words.map((word) => word.replace(/\*$/, ''));
    return {
      rule,
      words: plain,
      members: own.get(index) ?? new Set(),
      elsewhere: others,
      chance: others.size,
    };
  });
  const telling = candidates
    .slice(0, terms.length)
    .filter((one) => one.elsewhere.size <= background.length * maxBackgroundShare);
  return [...candidates, ...combineTerms(telling, background.length, minMembers)].filter(
    (one) => one.members.size >= minMembers && one.elsewhere.size === 0,
  );
}

interface CandidateRule extends CommonRule {
  /** Positions of the background reports that it holds of. */
  readonly elsewhere: ReadonlySet<number>;
}

/** By position of a rule, the positions of the reports that it holds of. */
function positionsByRule(
  reports: readonly Report[],
  holds: ReturnType<RuleMatcher>,
  forgiven: number | null = null,
): ReadonlyMap<number, ReadonlySet<number>> {
  const positions = new Map<number, Set<number>>();
  for (const [position, report] of reports.entries()) {
    if (position === forgiven) continue;
    for (const rule of holds(report)) positions.set(rule, (positions.get(rule) ?? new Set()).add(position));
  }
  return positions;
}

/** Combines two terms that a report says anywhere; where both also stand in a background report, three. */
function combineTerms(
  terms: readonly CandidateRule[],
  background: number,
  minMembers: number,
): CandidateRule[] {
  const found: CandidateRule[] = [];
  const both = (a: CandidateRule, b: CandidateRule): CandidateRule => ({
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
      if (two.members.size < minMembers) continue;
      if (two.elsewhere.size === 0) found.push(two);
      else
        for (const c of terms.slice(second + 1)) {
          if (overlap(a, c) || overlap(b, c)) continue;
          const three = both(two, c);
          if (three.members.size >= minMembers && three.elsewhere.size === 0) found.push(three);
        }
    }
  }
  return found;
}

function parts(rule: Rule): readonly Rule[] {
  return 'all' in rule ? rule.all : [rule];
}

/** `sign*` and `signed` say one thing. */
function overlap(a: CandidateRule, b: CandidateRule): boolean {
  return a.words.some((one) => b.words.some((other) => one.startsWith(other) || other.startsWith(one)));
}

function commonPhrases(documents: readonly Document[], minMembers: number): readonly string[] {
  const counts = documentFrequencies(documents, (words, add) => {
    for (let from = 0; from < words.length; from++) {
      let text = '';
      for (let to = from; to < Math.min(words.length, from + maxPhraseWords); to++) {
        const word = words[to];
        if (word === undefined || (to > from && !/^[ ]?[-:,.'"/(]?[ ]?$/.test(word.gap))) break;
        text = to === from ? word.text : `${text}${word.gap}${word.text}`;
        if (text.length > maxPhraseLength) break;
        if (
          to > from &&
          !stopWords.has(words[from]?.text ?? '') &&
          !stopWords.has(word.text) &&
          /\p{L}{3}/u.test(text)
        )
          add(text);
      }
    }
  });
  const wide = [...counts].filter(([, members]) => members >= minMembers);
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
    .slice(0, maxPhrases)
    .map(([text]) => text);
}

/** Finds the words that most members use, whatever their ending: `paste*` for paste, pasted and pasting. */
function commonTerms(documents: readonly Document[], minMembers: number): readonly string[] {
  const counts = documentFrequencies(documents, (words, add) => {
    for (const { text } of words)
      if (text.length > 2 && !stopWords.has(text) && !/^\d/.test(text)) add(termOf(text));
  });
  return [...counts]
    .filter(([, members]) => members >= minMembers)
    .toSorted(([a, x], [b, y]) => y - x || b.length - a.length || (a < b ? -1 : 1))
    .slice(0, maxTerms)
    .map(([term]) => term);
}

const endings = /(?:ings?|ed|es|s|e)$/;
const minStemLength = 4;

function termOf(word: string): string {
  const stem = word.replace(endings, '').replace(/([^aeiouls])\1$/, '$1');
  return stem.length >= minStemLength ? `${stem}*` : word;
}

function pairs(words: readonly string[]): readonly string[][] {
  return words.flatMap((a, k) => words.slice(k + 1).map((b) => [a, b]));
}
