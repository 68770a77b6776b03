import type { Report } from '../model/report.ts';
import type { Scope } from '../model/signature.ts';
import type { Evidence, Region } from '../model/text.ts';
import { fieldAt, type ReportText, regionContaining, scopeRegions } from './content.ts';
import { isWord } from './normalise.ts';
import type { CompiledRule, Literal } from './rules.ts';

/** The ends (exclusive, ascending) of each literal's occurrences in one text, by the literal's id. */
type Occurrences = ReadonlyMap<number, readonly number[]>;

/** One text of a report with the literals that the automaton found in it. */
export interface Scanned {
  readonly field: 'title' | 'body';
  readonly content: ReportText;
  readonly found: Occurrences;
}

/**
 * Units that rules may still spend on a report: one per place examined, one per character given to a regex.
 */
export interface WorkBudget {
  left: number;
}

/** Occurrences of one literal in one text that rules examine. */
export const occurrenceLimit = 1000;
/** Characters of a line that a regex sees at most. */
export const lineLimit = 1000;

/** Ends an evaluation when the budget is used up. */
class BudgetSpent extends Error {}

/** What the rules of one report share while they are evaluated. */
interface Evaluation {
  readonly report: Report;
  readonly texts: readonly Scanned[];
  readonly budget: WorkBudget;
  readonly regionsByScope: Map<Scope, readonly Region[]>;
  readonly wordNumbers: Map<Scanned, Int32Array>;
}

/**
 * The evidence of a rule tree that holds, null for one that does not, `undecided` when the budget ended
 * first.
 */
type Outcome = readonly Evidence[] | null | 'undecided';

/** Returns a function that evaluates rule trees over one report and draws on one budget. */
export function evaluator(
  report: Report,
  texts: readonly Scanned[],
  budget: WorkBudget,
): (rule: CompiledRule) => Outcome {
  const evaluation = { report, texts, budget, regionsByScope: new Map(), wordNumbers: new Map() };
  return (rule) => {
    try {
      return evaluateRule(rule, evaluation);
    } catch (error) {
      if (error instanceof BudgetSpent) return 'undecided';
      throw error;
    }
  };
}

/** Throws `BudgetSpent`. */
function evaluateRule(rule: CompiledRule, evaluation: Evaluation): readonly Evidence[] | null {
  switch (rule.kind) {
    case 'all': {
      const found: Evidence[] = [];
      for (const child of rule.rules) {
        const evidence = evaluateRule(child, evaluation);
        if (evidence === null) return null;
        found.push(...evidence);
      }
      return found;
    }
    case 'any': {
      for (const child of rule.rules) {
        const evidence = evaluateRule(child, evaluation);
        if (evidence !== null) return evidence;
      }
      return null;
    }
    case 'none':
      return rule.rules.some((child) => evaluateRule(child, evaluation) !== null) ? null : [];
    case 'text':
      return listed(findText(rule, evaluation));
    case 'regex':
      return listed(findRegex(rule, evaluation));
    case 'near':
      return listed(findNear(rule, evaluation));
  }
}

function listed(evidence: Evidence | null): readonly Evidence[] | null {
  return evidence === null ? null : [evidence];
}

function findText(rule: CompiledRule & { kind: 'text' }, evaluation: Evaluation): Evidence | null {
  for (const text of evaluation.texts) {
    for (const { start, end } of occurrences(text, rule.literal, rule.scope, evaluation)) {
      return evidenceAt(text, rawRange(text, start, end), evaluation);
    }
  }
  return null;
}

function findRegex(rule: CompiledRule & { kind: 'regex' }, evaluation: Evaluation): Evidence | null {
  for (const text of evaluation.texts) {
    if (!rule.also.every((set) => set.some(({ id }) => text.found.has(id)))) continue;
    const tried = new Set<number>();
    for (const literal of rule.literals) {
      for (const { start, end } of occurrences(text, literal, undefined, evaluation)) {
        const line = lineAround(text, rawRange(text, start, end));
        if (tried.has(line.start)) continue;
        tried.add(line.start);
        if (!rule.also.every((set) => set.some((one) => occursWithin(text, one, line)))) continue;
        const evidence = matchLine(rule, text, line, evaluation);
        if (evidence !== null) return evidence;
      }
    }
  }
  return null;
}

function matchLine(
  rule: CompiledRule & { kind: 'regex' },
  text: Scanned,
  line: Region,
  evaluation: Evaluation,
): Evidence | null {
  const raw = text.content.raw.slice(line.start, line.end);
  spend(evaluation, raw.length);
  if (!rule.pattern().test(raw)) return null;
  const matcher = rule.pattern().matcher(raw);
  while (matcher.find()) {
    spend(evaluation, 1);
    const range = { start: line.start + matcher.start(), end: line.start + matcher.end() };
    if (range.end > range.start && inScope(text, rule.scope, range, evaluation))
      return evidenceAt(text, range, evaluation);
  }
  return null;
}

function findNear(rule: CompiledRule & { kind: 'near' }, evaluation: Evaluation): Evidence | null {
  for (const text of evaluation.texts) {
    if (rule.literals.some(({ id }) => !text.found.has(id))) continue;
    const words = evaluation.wordNumbers.get(text) ?? numberWords(text);
    evaluation.wordNumbers.set(text, words);
    const all = rule.literals
      .flatMap((literal, which) =>
        [...occurrences(text, literal, rule.scope, evaluation)].map((range) => ({ ...range, which })),
      )
      .toSorted((a, b) => a.start - b.start);
    const latest = new Map<number, Region>();
    for (const occurrence of all) {
      latest.set(occurrence.which, occurrence);
      if (latest.size < rule.literals.length) continue;
      spend(evaluation, rule.literals.length);
      const start = Math.min(...[...latest.values()].map((one) => one.start));
      const end = Math.max(...[...latest.values()].map((one) => one.end));
      if (words[end - 1]! - words[start]! >= rule.within) continue;
      const raw = rawRange(text, start, end);
      if (regionContaining(text.content.stretches, raw.start, raw.end) !== null)
        return evidenceAt(text, raw, evaluation);
    }
  }
  return null;
}

function spend({ budget }: Evaluation, units: number): void {
  budget.left -= units;
  if (budget.left < 0) throw new BudgetSpent();
}

/** Whether a raw range of a text lies in a scope. */
function inScope(
  text: Scanned,
  scope: Scope | undefined,
  { start, end }: Region,
  { regionsByScope, report }: Evaluation,
): boolean {
  if (scope === undefined) return true;
  if (scope === 'title') return text.field === 'title';
  if (text.field === 'title') return false;
  const regions = regionsByScope.get(scope) ?? scopeRegions(report, scope);
  regionsByScope.set(scope, regions);
  // Sections nest, so the binary search over ordered regions does not apply to them.
  if (scope.startsWith('section:')) return regions.some((r) => r.start <= start && end <= r.end);
  return regionContaining(regions, start, end) !== null;
}

/** Occurrences of a literal at word boundaries where it demands them, as indices into the codes. */
function* occurrences(
  text: Scanned,
  literal: Literal,
  scope: Scope | undefined,
  evaluation: Evaluation,
): Generator<Region> {
  const { codes } = text.content.text;
  for (const end of text.found.get(literal.id) ?? []) {
    spend(evaluation, 1);
    const start = end - literal.length;
    if (literal.wordStart && isWord(codes[start - 1])) continue;
    if (literal.wordEnd && isWord(codes[end])) continue;
    if (inScope(text, scope, rawRange(text, start, end), evaluation)) yield { start, end };
  }
}

function evidenceAt(text: Scanned, { start, end }: Region, { report }: Evaluation): Evidence {
  const field = text.field === 'title' ? 'title' : fieldAt(report, { start, end });
  return { field, start, end, text: text.content.raw.slice(start, end) };
}

/** Converts indices into the codes to offsets in the raw text. */
function rawRange(text: Scanned, start: number, end: number): Region {
  const { starts } = text.content.text;
  return { start: starts[start] ?? 0, end: (starts[end - 1] ?? -1) + 1 };
}

/** Whether a literal occurs within a raw range; true also where `occurrenceLimit` cut its occurrences off. */
function occursWithin(text: Scanned, { id, length }: Literal, { start, end }: Region): boolean {
  const ends = text.found.get(id) ?? [];
  if (ends.length >= occurrenceLimit) return true;
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rawRange(text, ends[middle]! - length, ends[middle]!).start < start) low = middle + 1;
    else high = middle;
  }
  return low < ends.length && rawRange(text, ends[low]! - length, ends[low]!).end <= end;
}

/**
 * The line around a raw range, cut to its stretch of content and to `lineLimit` characters around the range.
 */
function lineAround(text: Scanned, range: Region): Region {
  const { raw, stretches } = text.content;
  const stretch = regionContaining(stretches, range.start, range.end) ?? range;
  const half = lineLimit >> 1;
  const floor = Math.max(stretch.start, range.start - half);
  const ceiling = Math.min(stretch.end, floor + lineLimit);
  const before = raw.slice(floor, range.start).lastIndexOf('\n');
  const after = raw.slice(range.end, ceiling).indexOf('\n');
  return {
    start: before < 0 ? floor : floor + before + 1,
    end: after < 0 ? Math.max(ceiling, range.end) : range.end + after,
  };
}

/** For each code the number of the word that it belongs to, or follows. */
function numberWords(text: Scanned): Int32Array {
  const { codes } = text.content.text;
  const numbers = new Int32Array(codes.length);
  let words = 0;
  for (let at = 0; at < codes.length; at++) {
    if (isWord(codes[at]) && !isWord(codes[at - 1])) words++;
    numbers[at] = words;
  }
  return numbers;
}
