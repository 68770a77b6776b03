import type { Finding } from '../model/finding.ts';
import type { IssueKind, Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { Evidence } from '../model/text.ts';
import { sigmoid } from '../numerics/logistic.ts';
import { fieldAt } from './content.ts';
import { type Features, readFeatures } from './features.ts';
import type { Linear } from './logistic.ts';
import { compile, type Matcher } from './matcher.ts';
import { type Calibrations, type Learned, score } from './train.ts';

/** Rules and models of many signatures, ready to judge reports. */
export interface Recogniser {
  readonly signatures: readonly Signature[];
  readonly matcher: Matcher;
  /** For each feature the signatures that it speaks for or against. */
  readonly postings: ReadonlyMap<number, readonly Posting[]>;
  /** By signature; absent for one that has no model. */
  readonly models: ReadonlyMap<string, Model>;
}

interface Model {
  /** Its place among the models. */
  readonly column: number;
  readonly bias: number;
  readonly calibrations: Calibrations;
}

interface Posting {
  readonly signature: string;
  readonly column: number;
  readonly weight: number;
}

/** Findings less probable than this are not worth telling. */
const floor = 0.3;

/** Nothing is more probable than this: so few reports were ever judged. */
const surest = 0.99;

/**
 * What the parts are worth together, in log-odds. A rule that hits is right in some 19 of 20 cases, and the
 * model moves that a little: below the bar only where it finds next to nothing of the failure. For the model a wish, or a text about documents, that names an error is seldom a
 * report of it; of the rules of a page its author has the say.
 */
const worth = { rule: 3, model: 0.4, wish: -2.5 } as const;

/** Compiles rules and puts models of packs beside them; a signature without a model is known by its rules. */
export function createRecogniser(
  signatures: readonly Signature[],
  learned: readonly Learned[] = [],
): Recogniser {
  const postings = new Map<number, Posting[]>();
  const models = new Map<string, Model>();
  for (const { models: own, calibrations } of learned) {
    for (const [signature, { bias, weights }] of own) {
      const column = models.get(signature)?.column ?? models.size;
      models.set(signature, { column, bias, calibrations });
      for (const [feature, weight] of weights) {
        const list = postings.get(feature);
        if (list === undefined) postings.set(feature, [{ signature, column, weight }]);
        else list.push({ signature, column, weight });
      }
    }
  }
  return { signatures, matcher: compile(signatures), postings, models };
}

/** By signature: what people's verdicts in one repository add to the log-odds. */
export type Adjustments = ReadonlyMap<string, Linear>;

/** How far verdicts move a page at most, down and up: it has to stay what its author and its samples say. */
const farthest = { down: -4, up: 1 } as const;

/** How rules and models are heard: together, or each alone for a measurement. */
export type EvidenceUsed = 'both' | 'rules' | 'model';

/** One finding for each signature that is probable enough, best first. */
export function recognise(
  report: Report,
  recogniser: Recogniser,
  using: EvidenceUsed = 'both',
  adjustments: Adjustments = new Map(),
): readonly Finding[] {
  const { hits, undecided, forbids } = recogniser.matcher(report);
  const evidence = new Map(using === 'model' ? [] : hits.map((hit) => [hit.signature.id, hit.evidence]));
  const features = using === 'rules' ? new Map() : readFeatures(report);
  const scores = using === 'rules' ? null : scoreAll(features, recogniser);
  const budget = budgetNotes(undecided);
  const findings: Finding[] = [];
  for (const { id } of recogniser.signatures) {
    const rule = evidence.get(id);
    const score = scores?.[recogniser.models.get(id)?.column ?? -1];
    const odds = { id, score, rule: rule !== undefined, wish: isWish(report.kind) };
    const model = score === undefined ? 0 : modelProbability(odds, recogniser);
    const moved = adjustment(adjustments.get(id), features.keys());
    const unadjusted = using === 'model' ? model : probabilityOf(odds, recogniser, 0);
    const probability = using === 'model' ? model : probabilityOf(odds, recogniser, moved);
    // What people's verdicts have silenced is still told to those who read the ledger.
    if (Math.max(probability, unadjusted) < floor || (rule === undefined && forbids(id))) continue;
    findings.push({
      kind: 'signature',
      id,
      probability: Math.round(probability * 1000) / 1000,
      evidence: rule ?? strongest(id, features, recogniser, report),
      from: rule === undefined ? 'model' : model >= 0.5 ? 'both' : 'rule',
      notes: [shares(rule !== undefined, score === undefined ? null : model), ...verdicts(moved), ...budget],
    });
  }
  return findings.toSorted((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
}

function budgetNotes(undecided: readonly Signature[]): string[] {
  if (undecided.length === 0) return [];
  const ids = undecided.map(({ id }) => id).join(', ');
  return [`the work budget ended before the rules of ${ids} were decided; they count as not matched`];
}

/** What people's verdicts have taught of reports like this one. */
function verdicts(moved: number): string[] {
  if (Math.abs(moved) < 0.05) return [];
  return [
    `people's verdicts here count ${moved < 0 ? 'against' : 'for'} it, ${moved.toFixed(1)} in log-odds`,
  ];
}

/** By column, what each model says. */
function scoreAll(features: Features, { postings, models }: Recogniser): Float64Array {
  const scores = Float64Array.from(models.values(), ({ bias }) => bias);
  for (const feature of features.keys()) {
    const list = postings.get(feature);
    if (list === undefined) continue;
    for (const { column, weight } of list) scores[column] = (scores[column] ?? 0) + weight;
  }
  return scores;
}

/** The score of one signature's model on a set of features; undefined where it has none. */
export function scoreOf(
  features: Iterable<number>,
  id: string,
  { postings, models }: Pick<Recogniser, 'postings' | 'models'>,
): number | undefined {
  const model = models.get(id);
  if (model === undefined) return undefined;
  let sum = model.bias;
  for (const feature of features)
    for (const { signature, weight } of postings.get(feature) ?? []) if (signature === id) sum += weight;
  return sum;
}

export function isWish(kind: IssueKind): boolean {
  return kind === 'feature' || kind === 'documentation';
}

/** What is known of one signature on one report. */
export interface Odds {
  readonly id: string;
  /** Of its model; undefined where it has none. */
  readonly score: number | undefined;
  /** Its rules hit. */
  readonly rule: boolean;
  readonly wish: boolean;
}

/** What verdicts add, in log-odds, to a report with these features. */
export function adjustment(linear: Linear | undefined, features: Iterable<number>): number {
  if (linear === undefined) return 0;
  return Math.max(farthest.down, Math.min(farthest.up, score(linear, features)));
}

/** Rules and model together, and what verdicts have taught. */
function probabilityOf(odds: Odds, recogniser: Pick<Recogniser, 'models'>, moved: number): number {
  if (!odds.rule && odds.score === undefined) return 0;
  return probabilityAt(logOddsOf(odds, recogniser), moved);
}

/** Nothing is surer than `surest`, whatever people say of it. */
export function probabilityAt(logOdds: number, moved: number): number {
  return Math.min(surest, sigmoid(logOdds + moved));
}

/** What rules and model say, before anybody's verdict. */
export function logOddsOf(odds: Odds, recogniser: Pick<Recogniser, 'models'>): number {
  return odds.rule ? ruleLogOdds(odds.score) : modelLogOdds(odds, recogniser, 'silent');
}

/** What the model alone says, whatever the rules say. */
function modelProbability(odds: Odds, recogniser: Pick<Recogniser, 'models'>): number {
  return Math.min(surest, sigmoid(modelLogOdds(odds, recogniser, 'alone')));
}

function modelLogOdds(
  { id, score, wish }: Odds,
  { models }: Pick<Recogniser, 'models'>,
  how: keyof Calibrations,
): number {
  const { slope, offset } = models.get(id)!.calibrations[how];
  return slope * (score ?? 0) + offset + (wish ? worth.wish : 0);
}

function ruleLogOdds(score: number | undefined): number {
  const nudge = score === undefined ? 0 : worth.model * (Math.max(-6, Math.min(6, score)) + 1);
  return worth.rule + nudge;
}

/** The pieces of text that speak most for a signature, in the model's view. */
function strongest(id: string, features: Features, { postings }: Recogniser, report: Report): Evidence[] {
  const ranked: { weight: number; start: number; end: number; inTitle: boolean }[] = [];
  for (const [feature, place] of features) {
    if (place === null) continue;
    const weight = postings.get(feature)?.find(({ signature }) => signature === id)?.weight ?? 0;
    if (weight > 0.1) ranked.push({ ...place, weight });
  }
  ranked.sort((a, b) => b.weight - a.weight || a.start - b.start);
  const pieces: Evidence[] = [];
  for (const { start, end, inTitle } of ranked) {
    if (pieces.length === 3) break;
    if (pieces.some((one) => (one.field === 'title') === inTitle && one.start < end && start < one.end))
      continue;
    const raw = inTitle ? report.title : report.body;
    pieces.push({
      field: inTitle ? 'title' : fieldAt(report, { start, end }),
      start,
      end,
      text: raw.slice(start, end),
    });
  }
  return pieces;
}

/** Which part came from where. No word of the reporter: evidence is redacted and quoted, notes are not. */
function shares(rule: boolean, model: number | null): string {
  const modelSays = model === null ? 'there is no model' : `the model alone says ${model.toFixed(2)}`;
  return `the rules ${rule ? 'hit' : 'do not hit'}, ${modelSays}`;
}
