import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { Evidence } from '../model/text.ts';

import { type Automaton, buildAutomaton } from './automaton.ts';
import { contents } from './content.ts';
import { evaluator, occurrenceLimit, type Scanned } from './evaluate.ts';
import { type CompiledRule, compilePack, compileSignature, hasRegex, keys, type Phrases } from './rules.ts';

/** Units that the rules may spend on one report; see docs/signatures.md. */
export const workBudget = 200_000;

/** A signature whose rules hold, with the exact text that they matched, in order of position. */
export interface RuleHit {
  readonly signature: Signature;
  readonly evidence: readonly Evidence[];
}

/** What the rules say of a report. */
export interface RuleResult {
  readonly hits: readonly RuleHit[];
  /** Signatures that were not decided because the work budget ended; they count as not matched. */
  readonly undecided: readonly Signature[];
  /** Whether the outermost `none` of a page, or that of its pack, forbids it here, whatever else speaks for it. */
  readonly forbids: (signature: string) => boolean;
}

/** The rules of many signatures, ready to be matched. */
export type Matcher = (report: Report) => RuleResult;

/** Compiles signatures (that `readPage` accepted) into one matcher. Throws on a rule that it would refuse. */
export function compile(signatures: readonly Signature[]): Matcher {
  const phrases: Phrases = { list: [], ids: new Map() };
  const rules = signatures.map((signature) => compileSignature(signature, phrases));
  // Pages of one pack share its rules, which are then evaluated once.
  const packs = new Map(signatures.map(({ pack }) => [pack.none, pack]));
  const packRules = new Map([...packs].map(([none, pack]) => [none, compilePack(pack, phrases)]));
  const candidates = candidatesByLiteral(rules, phrases.list.length);
  const costs = rules.map((rule) => Number(hasRegex(rule)));
  const automaton = buildAutomaton(phrases.list);
  const indexOf = new Map(signatures.map(({ id }, index) => [id, index]));

  return (report) => {
    const wanted = new Set<number>();
    const texts = scan(report, automaton, (literal) => {
      for (const candidate of candidates[literal] ?? []) wanted.add(candidate);
    });
    const evaluate = evaluator(report, texts, { left: workBudget });
    const allowed = new Map<CompiledRule, ReturnType<typeof evaluate>>();
    /** As `evaluate` of the pack's `none`: null where it forbids its pages. */
    const ofPack = ({ pack }: Signature) => {
      const none = packRules.get(pack.none) ?? null;
      if (none === null) return [];
      const known = allowed.get(none);
      const now = known === undefined ? evaluate(none) : known;
      allowed.set(none, now);
      return now;
    };
    const hits: RuleHit[] = [];
    const undecided: Signature[] = [];
    // What costs little comes first, so that a costly page takes the budget from no other than costly ones.
    for (const candidate of [...wanted].toSorted((a, b) => costs[a]! - costs[b]! || a - b)) {
      const signature = signatures[candidate]!;
      const evidence = evaluate(rules[candidate]!);
      if (evidence === null) continue;
      const pack = ofPack(signature);
      if (evidence === 'undecided' || pack === 'undecided') undecided.push(signature);
      else if (pack !== null) hits.push({ signature, evidence: distinct(evidence) });
    }
    const forbids = (id: string) => {
      const index = indexOf.get(id) ?? -1;
      const [rule, signature] = [rules[index], signatures[index]];
      const none = rule?.kind === 'all' ? rule.rules.find(({ kind }) => kind === 'none') : undefined;
      if (none !== undefined && evaluate(none) === null) return true;
      return signature !== undefined && ofPack(signature) === null;
    };
    return { hits, undecided, forbids };
  };
}

/** Finds the literals in title and body; tells of each literal once per text. */
function scan(report: Report, automaton: Automaton, first: (literal: number) => void): Scanned[] {
  const { title, body } = contents(report);
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

/** For each literal the signatures that its presence makes worth a look. */
function candidatesByLiteral(
  rules: readonly CompiledRule[],
  literals: number,
): readonly (readonly number[])[] {
  const candidates: number[][] = Array.from({ length: literals }, () => []);
  rules.forEach((rule, index) => {
    const ids = keys(rule);
    if (ids === null) throw new RangeError('a signature whose rules can hold without any text of its own');
    for (const id of new Set(ids)) candidates[id]?.push(index);
  });
  return candidates;
}

/** Each place once, in order: title first, then by position. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const byPlace = new Map(evidence.map((one) => [`${one.field === 'title'}:${one.start}:${one.end}`, one]));
  return [...byPlace.values()].toSorted(
    (a, b) => Number(b.field === 'title') - Number(a.field === 'title') || a.start - b.start || a.end - b.end,
  );
}
