import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { Evidence } from '../model/text.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { reportTexts } from './content.ts';
import { evaluator, occurrenceLimit, type Scanned } from './evaluate.ts';
import {
  type CompiledRule,
  compilePack,
  compileSignature,
  hasRegex,
  type Phrases,
  requiredLiterals,
} from './rules.ts';

/** Units that all rules together may spend on one report; see docs/signatures.md. */
export const workBudget = 200_000;

/** A signature whose rules hold, with the text that they matched, in order of position. */
export interface RuleHit {
  readonly signature: Signature;
  readonly evidence: readonly Evidence[];
}

/** The result of all rules on one report. */
export interface RuleResult {
  readonly hits: readonly RuleHit[];
  /** Signatures whose evaluation the work budget ended; they count as not matched. */
  readonly undecided: readonly Signature[];
  /**
   * Whether the outermost `none` of a page, or its pack's, rules the failure out, whatever else supports it.
   */
  readonly forbids: (signature: string) => boolean;
}

/** Matches the rules of many signatures against a report. */
export type Matcher = (report: Report) => RuleResult;

/** Compiles signatures into one matcher. Throws a RangeError on a rule that `readPage` would have refused. */
export function compile(signatures: readonly Signature[]): Matcher {
  const phrases: Phrases = { list: [], ids: new Map() };
  const rules = signatures.map((signature) => compileSignature(signature, phrases));
  // Pages of one pack share its rules, which are evaluated once per report.
  const packs = new Map(signatures.map(({ pack }) => [pack.none, pack]));
  const packRules = new Map([...packs].map(([none, pack]) => [none, compilePack(pack, phrases)]));
  const candidates = candidatesByLiteral(rules, phrases.list.length);
  const costs = rules.map((rule) => Number(hasRegex(rule)));
  const automaton = buildAutomaton(phrases.list);
  const indexOf = new Map(signatures.map(({ id }, index) => [id, index]));

  return (report) => {
    const candidateIds = new Set<number>();
    const texts = scan(report, automaton, (literal) => {
      for (const candidate of candidates[literal] ?? []) candidateIds.add(candidate);
    });
    const evaluate = evaluator(report, texts, { left: workBudget });
    const packResults = new Map<CompiledRule, ReturnType<typeof evaluate>>();
    // Null where the pack's `none` rules its pages out.
    const evaluatePack = ({ pack }: Signature) => {
      const none = packRules.get(pack.none) ?? null;
      if (none === null) return [];
      const known = packResults.get(none);
      const now = known === undefined ? evaluate(none) : known;
      packResults.set(none, now);
      return now;
    };
    const hits: RuleHit[] = [];
    const undecided: Signature[] = [];
    // Cheap rules come first, so that expensive pages take the budget only from one another.
    for (const candidate of [...candidateIds].toSorted((a, b) => costs[a]! - costs[b]! || a - b)) {
      const signature = signatures[candidate]!;
      const evidence = evaluate(rules[candidate]!);
      if (evidence === null) continue;
      const pack = evaluatePack(signature);
      if (evidence === 'undecided' || pack === 'undecided') undecided.push(signature);
      else if (pack !== null) hits.push({ signature, evidence: distinct(evidence) });
    }
    const forbids = (id: string) => {
      const index = indexOf.get(id) ?? -1;
      const [rule, signature] = [rules[index], signatures[index]];
      const none = rule?.kind === 'all' ? rule.rules.find(({ kind }) => kind === 'none') : undefined;
      if (none !== undefined && evaluate(none) === null) return true;
      return signature !== undefined && evaluatePack(signature) === null;
    };
    return { hits, undecided, forbids };
  };
}

/** Finds the literals in title and body; calls `first` once per text for each literal that occurs. */
function scan(report: Report, automaton: Automaton, first: (literal: number) => void): Scanned[] {
  const { title, body } = reportTexts(report);
  return (
    [
      ['title', title],
      ['body', body],
    ] as const
  ).map(([field, content]) => {
    const found = new Map<number, number[]>();
    automaton.scan(content.text.codes, (literal, end) => {
      const ends = found.get(literal);
      if (ends === undefined) {
        found.set(literal, [end]);
        first(literal);
      } else if (ends.length < occurrenceLimit) ends.push(end);
    });
    return { field, content, found };
  });
}

/** For each literal the signatures that may hold where it occurs. */
function candidatesByLiteral(
  rules: readonly CompiledRule[],
  literals: number,
): readonly (readonly number[])[] {
  const candidates: number[][] = Array.from({ length: literals }, () => []);
  rules.forEach((rule, index) => {
    const ids = requiredLiterals(rule);
    if (ids === null) throw new RangeError('a signature whose rules can hold without any text of its own');
    for (const id of new Set(ids)) candidates[id]?.push(index);
  });
  return candidates;
}

/** Removes repeated ranges and sorts: title first, then by position. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const byPlace = new Map(evidence.map((one) => [`${one.field === 'title'}:${one.start}:${one.end}`, one]));
  return [...byPlace.values()].toSorted(
    (a, b) => Number(b.field === 'title') - Number(a.field === 'title') || a.start - b.start || a.end - b.end,
  );
}
