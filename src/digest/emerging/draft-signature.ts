import type { Report } from '../../model/report.ts';
import type { Category, Rule } from '../../model/signature.ts';
import { commonMessage } from './common-message.ts';
import { type CommonRule, commonRules, type RuleMatcher } from './common-rules.ts';

/** A report with its number; its text is redacted. */
export interface NumberedReport {
  readonly number: number;
  readonly report: Report;
}

export interface DraftInput {
  /** The group, oldest first. */
  readonly members: readonly NumberedReport[];
  /** Other reports of the repository: what they say is not peculiar to this failure. */
  readonly background: readonly NumberedReport[];
  /** Background reports that are most like the group, by number: near misses. */
  readonly nearest: readonly number[];
  readonly category: Category;
  readonly labels: readonly string[];
  /** Ids of signatures that exist. */
  readonly taken: ReadonlySet<string>;
  readonly matcher: RuleMatcher;
  /** Reads a sample as a report. */
  readonly read: (sample: string) => Report;
}

/** What can be known of a signature page before a person writes it. */
export interface SignatureDraft {
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

/** A rule holds of at least this share of a group, and of two of its reports. */
const minShare = 0.2;
const minMembers = 2;
const maxRules = 20;
/** What a rule gains by a report that none, one, two … other rules know: later reports lack some words. */
const gains = [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.2];
const minGain = 0.4;
const maxSamples = 8;
const maxLines = 3;
const maxDiffers = 3;
const maxThreads = 20;
const maxSampleLength = 400;
const maxTitleLength = 160;
const maxIdLength = 50;

/**
 * Drafts a signature page for a group of reports; null when they share nothing that the background does not.
 * No rule holds of a background report, the nearest one apart, so that the page is silent elsewhere.
 */
export function draftSignature(input: DraftInput): SignatureDraft | null {
  const { background, members, read, matcher } = input;
  const reports = members.map(({ report }) => report);
  const others = background.map(({ report }) => report);
  const min = Math.max(minMembers, Math.ceil(members.length * minShare));
  const forgiven = background.findIndex(({ number }) => number === input.nearest[0]);
  const chosen = chooseRules(commonRules(reports, others, matcher, min, forgiven), members.length);
  const holds = matcher(chosen.map(({ rule }) => rule));
  const hits = (text: string): boolean => holds(read(text)).size > 0;
  const matches = members
    .map(({ number, report }) => ({ text: sampleOf(report, chosen), from: number }))
    .filter(({ text }) => hits(text))
    .slice(0, maxSamples);
  if (chosen.length === 0 || matches.length === 0) return null;
  const title = titleOf(reports, chosen);
  return {
    id: idOf(title, input.taken),
    title,
    category: input.category,
    labels: input.labels,
    threads: members.slice(0, maxThreads).map(({ number }) => number),
    any: chosen.map(({ rule }) => rule),
    matches,
    differs: input.nearest
      .flatMap((number) => background.filter((one) => one.number === number))
      .map(({ number, report }) => ({ text: plainTitle(report.title), from: number }))
      .filter(({ text }) => text !== '' && !hits(text))
      .slice(0, maxDiffers),
  };
}

/** Chooses few rules that know the reports, most of them several times; those that gain most come first. */
function chooseRules(common: readonly CommonRule[], members: number): readonly CommonRule[] {
  const known = new Array<number>(members).fill(0);
  const chosen: CommonRule[] = [];
  while (chosen.length < maxRules) {
    let best: { one: CommonRule; gain: number } | null = null;
    for (const one of common) {
      if (chosen.some(({ words }) => words.every((word) => one.words.includes(word)))) continue;
      const sum = [...one.members].reduce((gain, member) => gain + (gains[known[member] ?? 0] ?? 0), 0);
      const gain = sum / (1 + one.chance);
      if (best === null || gain > best.gain) best = { one, gain };
    }
    if (best === null || best.gain < minGain) break;
    chosen.push(best.one);
    for (const member of best.one.members) known[member] = (known[member] ?? 0) + 1;
  }
  return chosen;
}

/** Takes the common message, else the title that says most of what the reports share. */
function titleOf(reports: readonly Report[], chosen: readonly CommonRule[]): string {
  const message = commonMessage(reports);
  if (message !== null) return truncate(message, maxTitleLength);
  const said = (title: string): number => countShown(title, chosen);
  const titles = reports.map(({ title }) => plainTitle(title)).filter((title) => title !== '');
  const [best = 'A failure that several people report'] = titles.toSorted((a, b) => said(b) - said(a));
  return truncate(best, maxTitleLength);
}

function idOf(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let base = '';
  for (const word of words ?? []) {
    if (base.length + word.length >= maxIdLength) break;
    base = base === '' ? word : `${base}-${word}`;
  }
  base ||= 'new-failure';
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
  return id;
}

/** Takes the title and the lines that say most of what the reports share. */
function sampleOf({ body, errors, prose, title }: Report, chosen: readonly CommonRule[]): string {
  const lines = [...errors, ...prose].flatMap(({ end, start }) => body.slice(start, end).split('\n'));
  let sample = plainTitle(title);
  for (let left = maxLines; left > 0; left--) {
    const now = countShown(sample, chosen);
    const [best] = lines
      .map((line) => ({ line, more: countShown(`${sample}\n${line}`, chosen) - now }))
      .toSorted((a, b) => b.more - a.more);
    if (best === undefined || (best.more === 0 && left < maxLines)) break;
    sample = `${sample}\n${truncate(best.line.trim(), maxSampleLength)}`.trim();
  }
  return sample;
}

/** Counts the rules that a text shows. */
function countShown(text: string, chosen: readonly CommonRule[]): number {
  const lower = text.toLowerCase();
  return chosen.filter(({ words }) => words.every((word) => lower.includes(word))).length;
}

/** Drops the marks that forms put in front, and control characters. */
function plainTitle(title: string): string {
  return truncate(
    title
      .replace(/\p{Cc}(?:\[[\d;]*m)?/gu, ' ')
      .replace(/^\s*(\[[^\]]{1,20}\]\s*)+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
    maxTitleLength,
  );
}

function truncate(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest
    ? `${points
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
