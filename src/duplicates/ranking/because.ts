import type { Report } from '../../model/report.ts';
import type { Evidence, Field, Region } from '../../model/text.ts';
import type { StoredDocument } from '../search-index/document.ts';
import { logFrequency } from '../search-index/scoring.ts';
import type { DuplicateIndex } from '../search-index/store.ts';
import { lookup } from '../search-index/term-table.ts';
import { frameMark, lineMark } from '../text/analysis.ts';
import { visitTerms } from '../text/tokens.ts';

/** A reader checks a few lines, not a list. */
const maxEvidence = 5;
/** Words between two shared words of a title that are quoted with them. */
const bridge = 2;

/**
 * What a new issue shares with an earlier one, quoted from the new one: equal error lines and stack frames,
 * then the title's shared words, then the rarest shared words of the body.
 */
export function because(index: DuplicateIndex, report: Report, candidate: StoredDocument): Evidence[] {
  const has = new Set(candidate.terms);
  const isShared = (mark: ReturnType<typeof lineMark>) =>
    mark !== null && has.has(lookup(index.table, mark[0], mark[1]));
  const lines = report.errors.filter((line) => isShared(lineMark(line, report.body)));
  const frames = report.frames.filter((frame) => isShared(frameMark(frame)));
  const quoted = [...firstEach(lines, ({ normalised }) => normalised), ...frames.slice(0, 2)];
  const evidence = quoted.map((region) => quote(report.body, 'errors', region));
  evidence.push(...titleRuns(index, report.title, has));
  if (evidence.length < 3) evidence.push(...rarestWords(index, report, has, evidence));
  return evidence.slice(0, maxEvidence);
}

function quote(text: string, field: Field, { start, end }: Region): Evidence {
  return { field, start, end, text: text.slice(start, end) };
}

function firstEach<T>(values: readonly T[], key: (value: T) => string): T[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(key(value)) && seen.add(key(value)));
}

/** Runs of words of the title that the candidate has, longest first. */
function titleRuns(index: DuplicateIndex, title: string, has: ReadonlySet<number>): Evidence[] {
  const runs: { start: number; end: number; words: number; gap: number }[] = [];
  let wordAt = -1;
  let isShared = false;
  const close = () => {
    const run = runs.at(-1);
    if (run !== undefined && wordAt >= 0 && !isShared) run.gap++;
  };
  visitTerms(title, 0, title.length, ({ high, low }, start, end) => {
    if (start !== wordAt) {
      close();
      wordAt = start;
      isShared = false;
    }
    if (isShared || !has.has(lookup(index.table, high, low))) return;
    isShared = true;
    const run = runs.at(-1);
    if (run !== undefined && run.gap < bridge) Object.assign(run, { end, words: run.words + 1, gap: 0 });
    else runs.push({ start, end, words: 1, gap: 0 });
  });
  return runs.sort((a, b) => b.words - a.words || a.start - b.start).map((run) => quote(title, 'title', run));
}

/** The words of the prose that tell most, of those that the candidate has too. */
function rarestWords(
  index: DuplicateIndex,
  report: Report,
  has: ReadonlySet<number>,
  before: readonly Evidence[],
): Evidence[] {
  const found = new Map<number, Region>();
  for (const { start, end } of report.prose) {
    visitTerms(report.body, start, end, ({ high, low }, from, to) => {
      const term = lookup(index.table, high, low);
      if (has.has(term) && !found.has(term)) found.set(term, { start: from, end: to });
    });
  }
  const quoted = new Set(before.map(({ text }) => text.toLowerCase()));
  return [...found]
    .sort(
      ([a], [b]) =>
        logFrequency(index.postings.frequency[a] ?? 0) - logFrequency(index.postings.frequency[b] ?? 0),
    )
    .map(([, region]) => quote(report.body, 'prose', region))
    .filter(({ text }) => !quoted.has(text.toLowerCase()))
    .slice(0, 3);
}
