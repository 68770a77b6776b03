import type { Report } from '../model/report.ts';
import type { Scope } from '../model/signature.ts';
import type { Evidence, Region } from '../model/text.ts';
import { type Content, fieldAt, scopeRegions, within } from './content.ts';
import { isWord } from './normalise.ts';
import type { CompiledRule, Literal } from './rules.ts';

/** Where each literal ends, in one text: `ends.get(id)` in order. */
type Occurrences = ReadonlyMap<number, readonly number[]>;

/** One text of a report with what the automaton found in it. */
export interface Scanned {
  readonly field: 'title' | 'body';
  readonly content: Content;
  readonly found: Occurrences;
}

/** What rules may still spend on this report: one for each place looked at, one for each character given to a regex. */
export interface Budget {
  left: number;
}

/** Occurrences of one literal in one text that rules look at. */
export const occurrenceLimit = 1000;
/** A regex sees at most this many characters of the line on which its literal stands. */
export const lineLimit = 1000;

/** Thrown through an evaluation when the budget is used up. */
class BudgetSpent extends Error {}

/** Evaluates rule trees over one report. */
export function evaluator(report: Report, texts: readonly Scanned[], budget: Budget) {
  const regionsOf = new Map<Scope, readonly Region[]>();
  const numbersOf = new Map<Scanned, Int32Array>();

  function spend(units: number): void {
    budget.left -= units;
    if (budget.left < 0) throw new BudgetSpent();
  }

  /** Whether a raw range of a text lies in a scope. */
  function inScope(text: Scanned, scope: Scope | undefined, start: number, end: number): boolean {
    if (scope === undefined) return true;
    if (scope === 'title') return text.field === 'title';
    if (text.field === 'title') return false;
    let regions = regionsOf.get(scope);
    if (regions === undefined) {
      regions = scopeRegions(report, scope);
      regionsOf.set(scope, regions);
    }
    // Sections may hold one another, so that the search for ordered regions does not apply to them.
    if (scope.startsWith('section:')) return regions.some((r) => r.start <= start && end <= r.end);
    return within(regions, start, end) !== null;
  }

  /** Places of a literal that are whole words where they must be, as indices into the codes. */
  function* places(text: Scanned, literal: Literal, scope: Scope | undefined): Generator<Region> {
    const { codes } = text.content.text;
    for (const end of text.found.get(literal.id) ?? []) {
      spend(1);
      const start = end - literal.length;
      if (literal.wordStart && isWord(codes[start - 1])) continue;
      if (literal.wordEnd && isWord(codes[end])) continue;
      const { start: rawStart, end: rawEnd } = rawRange(text, start, end);
      if (inScope(text, scope, rawStart, rawEnd)) yield { start, end };
    }
  }

  function evidence(text: Scanned, start: number, end: number): Evidence {
    const field = text.field === 'title' ? 'title' : fieldAt(report, { start, end });
    return { field, start, end, text: text.content.raw.slice(start, end) };
  }

  function findText(rule: CompiledRule & { kind: 'text' }): Evidence | null {
    for (const text of texts) {
      for (const { start, end } of places(text, rule.literal, rule.scope)) {
        const raw = rawRange(text, start, end);
        return evidence(text, raw.start, raw.end);
      }
    }
    return null;
  }

  function findRegex(rule: CompiledRule & { kind: 'regex' }): Evidence | null {
    for (const text of texts) {
      if (!rule.also.every((set) => set.some(({ id }) => text.found.has(id)))) continue;
      const tried = new Set<number>();
      for (const literal of rule.literals) {
        for (const { start, end } of places(text, literal, undefined)) {
          const line = lineAround(text, rawRange(text, start, end));
          if (tried.has(line.start)) continue;
          tried.add(line.start);
          if (!rule.also.every((set) => set.some((one) => standsIn(text, one, line)))) continue;
          const raw = text.content.raw.slice(line.start, line.end);
          spend(raw.length);
          if (!rule.pattern().test(raw)) continue;
          const matcher = rule.pattern().matcher(raw);
          while (matcher.find()) {
            spend(1);
            const [from, to] = [line.start + matcher.start(), line.start + matcher.end()];
            if (to > from && inScope(text, rule.scope, from, to)) return evidence(text, from, to);
          }
        }
      }
    }
    return null;
  }

  function findNear(rule: CompiledRule & { kind: 'near' }): Evidence | null {
    for (const text of texts) {
      if (rule.literals.some(({ id }) => !text.found.has(id))) continue;
      const words = numbersOf.get(text) ?? wordNumbers(text);
      numbersOf.set(text, words);
      const all = rule.literals
        .flatMap((literal, which) =>
          [...places(text, literal, rule.scope)].map((place) => ({ ...place, which })),
        )
        .toSorted((a, b) => a.start - b.start);
      const latest = new Map<number, Region>();
      for (const place of all) {
        latest.set(place.which, place);
        if (latest.size < rule.literals.length) continue;
        spend(rule.literals.length);
        const start = Math.min(...[...latest.values()].map((one) => one.start));
        const end = Math.max(...[...latest.values()].map((one) => one.end));
        if (words[end - 1]! - words[start]! >= rule.within) continue;
        const raw = rawRange(text, start, end);
        if (within(text.content.stretches, raw.start, raw.end) !== null) {
          return evidence(text, raw.start, raw.end);
        }
      }
    }
    return null;
  }

  /** The evidence for a tree that holds; null when it does not. Throws `BudgetSpent`. */
  function holds(rule: CompiledRule): readonly Evidence[] | null {
    switch (rule.kind) {
      case 'all': {
        const found: Evidence[] = [];
        for (const child of rule.rules) {
          const own = holds(child);
          if (own === null) return null;
          found.push(...own);
        }
        return found;
      }
      case 'any': {
        for (const child of rule.rules) {
          const own = holds(child);
          if (own !== null) return own;
        }
        return null;
      }
      case 'none':
        return rule.rules.some((child) => holds(child) !== null) ? null : [];
      case 'text':
        return listed(findText(rule));
      case 'regex':
        return listed(findRegex(rule));
      case 'near':
        return listed(findNear(rule));
    }
  }
  /** The evidence for a tree that holds, null when it does not, `undecided` when the budget ended before. */
  return (rule: CompiledRule): readonly Evidence[] | null | 'undecided' => {
    try {
      return holds(rule);
    } catch (error) {
      if (error instanceof BudgetSpent) return 'undecided';
      throw error;
    }
  };
}

function listed(evidence: Evidence | null): readonly Evidence[] | null {
  return evidence === null ? null : [evidence];
}

/** From indices into the codes to offsets in the raw text. */
function rawRange(text: Scanned, start: number, end: number): Region {
  const { starts } = text.content.text;
  return { start: starts[start] ?? 0, end: (starts[end - 1] ?? -1) + 1 };
}

/** Whether a literal stands within a raw range; true also where there are too many of it to know. */
function standsIn(text: Scanned, { id, length }: Literal, { start, end }: Region): boolean {
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

/** The line around a place, cut to its stretch of content and to `lineLimit` characters, the place in the middle. */
function lineAround(text: Scanned, place: Region): Region {
  const { raw, stretches } = text.content;
  const stretch = within(stretches, place.start, place.end) ?? place;
  const half = lineLimit >> 1;
  const floor = Math.max(stretch.start, place.start - half);
  const ceiling = Math.min(stretch.end, floor + lineLimit);
  const before = raw.slice(floor, place.start).lastIndexOf('\n');
  const after = raw.slice(place.end, ceiling).indexOf('\n');
  return {
    start: before < 0 ? floor : floor + before + 1,
    end: after < 0 ? Math.max(ceiling, place.end) : place.end + after,
  };
}

/** For each code the number of the word that it belongs to, or follows. */
function wordNumbers(text: Scanned): Int32Array {
  const { codes } = text.content.text;
  const numbers = new Int32Array(codes.length);
  let words = 0;
  for (let at = 0; at < codes.length; at++) {
    if (isWord(codes[at]) && !isWord(codes[at - 1])) words++;
    numbers[at] = words;
  }
  return numbers;
}
