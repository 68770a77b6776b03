import type { Report } from '../../model/report.ts';
import type { Evidence, Field, Region } from '../../model/text.ts';
import type { IndexedDocument } from '../search-index/document.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { documentFrequency, type View } from '../search-index/query.ts';
import { lookup } from '../search-index/term-table.ts';
import { type Fingerprint, frameFingerprint, lineFingerprint } from '../text/analysis.ts';
import { visitTerms } from '../text/tokens.ts';

/** A reader checks a few lines, not a list. */
const maxEvidence = 5;
const maxFrames = 2;
const maxWords = 3;
/** So much evidence needs no words of the body beside it. */
const enoughEvidence = 3;
/** Words between two shared words of a title that are quoted with them. */
const maxGap = 2;

/** Whether a term of the new issue stands in the earlier one too. */
type IsShared = (high: number, low: number) => boolean;

/**
 * What a new issue shares with an earlier one, quoted from the new one: equal error lines and stack frames,
 * then the title's shared words, then the rarest shared words of the body.
 */
export function evidenceFor(
  index: DuplicateIndex,
  view: View,
  report: Report,
  candidate: IndexedDocument,
): Evidence[] {
  const terms = new Set(candidate.terms);
  const isShared: IsShared = (high, low) => terms.has(lookup(index.table, high, low));
  const isKnown = (fingerprint: Fingerprint | null) => fingerprint !== null && isShared(...fingerprint);
  const lines = report.errors.filter((line) => isKnown(lineFingerprint(line, report.body)));
  const frames = report.frames.filter((frame) => isKnown(frameFingerprint(frame)));
  const quoted = [...firstOfEach(lines, ({ normalised }) => normalised), ...frames.slice(0, maxFrames)];
  const evidence = quoted.map((region) => quote(report.body, 'errors', region));
  evidence.push(...titleRuns(report.title, isShared));
  if (evidence.length < enoughEvidence) {
    const frequencyOf = (high: number, low: number) =>
      documentFrequency(index, view, lookup(index.table, high, low));
    evidence.push(...rarestWords(report, isShared, frequencyOf, evidence));
  }
  return evidence.slice(0, maxEvidence);
}

function quote(text: string, field: Field, { start, end }: Region): Evidence {
  return { field, start, end, text: text.slice(start, end) };
}

function firstOfEach<T>(values: readonly T[], key: (value: T) => string): T[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(key(value)) && seen.add(key(value)));
}

/** Runs of words of the title that the candidate has, longest first. */
function titleRuns(title: string, isShared: IsShared): Evidence[] {
  const runs: { start: number; end: number; words: number; gap: number }[] = [];
  let wordAt = -1;
  let isWordShared = false;
  visitTerms(title, 0, title.length, ({ high, low }, start, end) => {
    const run = runs.at(-1);
    if (start !== wordAt) {
      if (run !== undefined && wordAt >= 0 && !isWordShared) run.gap++;
      wordAt = start;
      isWordShared = false;
    }
    if (isWordShared || !isShared(high, low)) return;
    isWordShared = true;
    if (run !== undefined && run.gap < maxGap) Object.assign(run, { end, words: run.words + 1, gap: 0 });
    else runs.push({ start, end, words: 1, gap: 0 });
  });
  return runs.sort((a, b) => b.words - a.words || a.start - b.start).map((run) => quote(title, 'title', run));
}

/** Of the words of the prose that the candidate has too, the rarest that are not quoted yet. */
function rarestWords(
  report: Report,
  isShared: IsShared,
  frequencyOf: (high: number, low: number) => number,
  quoted: readonly Evidence[],
): Evidence[] {
  const found = new Map<string, { region: Region; frequency: number }>();
  for (const { start, end } of report.prose) {
    visitTerms(report.body, start, end, ({ high, low }, from, to) => {
      const key = `${high} ${low}`;
      if (!found.has(key) && isShared(high, low))
        found.set(key, { region: { start: from, end: to }, frequency: frequencyOf(high, low) });
    });
  }
  const texts = new Set(quoted.map(({ text }) => text.toLowerCase()));
  return [...found.values()]
    .sort((a, b) => a.frequency - b.frequency)
    .map(({ region }) => quote(report.body, 'prose', region))
    .filter(({ text }) => !texts.has(text.toLowerCase()))
    .slice(0, maxWords);
}
