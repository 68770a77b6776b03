import type { Report } from '../../model/report.ts';
import type { Category, Rule } from '../../model/signature.ts';
import { type RuleTest, type Shared, sharedMessage, sharedRules } from './phrases.ts';

/** A report as a draft is made of it; of redacted text. */
export interface Member {
  readonly number: number;
  readonly report: Report;
}

export interface DraftInput {
  /** The group, oldest first. */
  readonly members: readonly Member[];
  /** Other reports of the repository: what they say is not peculiar to this failure. */
  readonly background: readonly Member[];
  /** Background reports that are most like the group, by number: near misses. */
  readonly nearest: readonly number[];
  readonly category: Category;
  readonly labels: readonly string[];
  /** Ids that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly test: RuleTest;
  /** A sample as the report that it stands for. */
  readonly read: (sample: string) => Report;
}

/** What can be known of a page before a person has written it. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly labels: readonly string[];
  readonly threads: readonly number[];
  readonly any: readonly Rule[];
  readonly matches: readonly { readonly text: string; readonly from: number }[];
  /** Near misses. */
  readonly differs: readonly { readonly text: string; readonly from: number }[];
}

/** A rule has to hold of this share of a group, and of two of its reports. */
const leastShare = 0.2;
const leastMembers = 2;
const mostRules = 20;
/** What it is worth that a rule knows a report which none, one, two … others know: later reports lack some. */
const worth = [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.2];
const leastGain = 0.4;
const mostSamples = 8;
const mostLines = 3;
const mostDiffers = 3;
const mostThreads = 20;
const longestSample = 400;
const longestTitle = 160;
const longestId = 50;

/**
 * Drafts a page for a group of reports that no page knows; null when they share nothing that the background does not.
 * What holds of a single background report is no rule, so that the page is silent elsewhere.
 */
export function draft(input: DraftInput): Draft | null {
  const { background, members, read, test } = input;
  const reports = members.map(({ report }) => report);
  const others = background.map(({ report }) => report);
  const least = Math.max(leastMembers, Math.ceil(members.length * leastShare));
  const forgiven = background.findIndex(({ number }) => number === input.nearest[0]);
  const chosen = choose(sharedRules(reports, others, test, least, forgiven), members.length);
  const holds = test(chosen.map(({ rule }) => rule));
  const hits = (text: string): boolean => holds(read(text)).size > 0;
  const matches = members
    .map(({ number, report }) => ({ text: sampleOf(report, chosen), from: number }))
    .filter(({ text }) => hits(text))
    .slice(0, mostSamples);
  if (chosen.length === 0 || matches.length === 0) return null;
  const title = titleOf(reports, chosen);
  return {
    id: idOf(title, input.taken),
    title,
    category: input.category,
    labels: input.labels,
    threads: members.slice(0, mostThreads).map(({ number }) => number),
    any: chosen.map(({ rule }) => rule),
    matches,
    differs: input.nearest
      .flatMap((number) => background.filter((one) => one.number === number))
      .map(({ number, report }) => ({ text: plainTitle(report.title), from: number }))
      .filter(({ text }) => text !== '' && !hits(text))
      .slice(0, mostDiffers),
  };
}

/** The fewest rules that know the reports, most of them several times; those that know most first. */
function choose(shared: readonly Shared[], members: number): readonly Shared[] {
  const known = new Array<number>(members).fill(0);
  const chosen: Shared[] = [];
  while (chosen.length < mostRules) {
    let best: { one: Shared; gain: number } | null = null;
    for (const one of shared) {
      if (chosen.some(({ words }) => words.every((word) => one.words.includes(word)))) continue;
      const sum = [...one.members].reduce((gain, member) => gain + (worth[known[member] ?? 0] ?? 0), 0);
      const gain = sum / (1 + one.chance);
      if (best === null || gain > best.gain) best = { one, gain };
    }
    if (best === null || best.gain < leastGain) break;
    chosen.push(best.one);
    for (const member of best.one.members) known[member] = (known[member] ?? 0) + 1;
  }
  return chosen;
}

/** The message that they share, else the title that says most of what they share. */
function titleOf(reports: readonly Report[], chosen: readonly Shared[]): string {
  const message = sharedMessage(reports);
  if (message !== null) return clip(message, longestTitle);
  const said = (title: string): number => shown(title, chosen);
  const titles = reports.map(({ title }) => plainTitle(title)).filter((title) => title !== '');
  const [best = 'A failure that several people report'] = titles.toSorted((a, b) => said(b) - said(a));
  return clip(best, longestTitle);
}

function idOf(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let base = '';
  for (const word of words ?? []) {
    if (base.length + word.length >= longestId) break;
    base = base === '' ? word : `${base}-${word}`;
  }
  base ||= 'new-failure';
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
  return id;
}

/** The title, and the lines that say what is shared. */
function sampleOf({ body, errors, prose, title }: Report, chosen: readonly Shared[]): string {
  const lines = [...errors, ...prose].flatMap(({ end, start }) => body.slice(start, end).split('\n'));
  let sample = plainTitle(title);
  for (let left = mostLines; left > 0; left--) {
    const now = shown(sample, chosen);
    const [best] = lines
      .map((line) => ({ line, more: shown(`${sample}\n${line}`, chosen) - now }))
      .toSorted((a, b) => b.more - a.more);
    if (best === undefined || (best.more === 0 && left < mostLines)) break;
    sample = `${sample}\n${clip(best.line.trim(), longestSample)}`.trim();
  }
  return sample;
}

/** How many of the rules a text shows. */
function shown(text: string, chosen: readonly Shared[]): number {
  const lower = text.toLowerCase();
  return chosen.filter(({ words }) => words.every((word) => lower.includes(word))).length;
}

/** Without the marks that forms put in front, and without control characters. */
function plainTitle(title: string): string {
  return clip(
    title
      .replace(/\p{Cc}(?:\[[\d;]*m)?/gu, ' ')
      .replace(/^\s*(\[[^\]]{1,20}\]\s*)+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
    longestTitle,
  );
}

function clip(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest
    ? `${points
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
