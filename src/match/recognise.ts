import type { Finding } from '../model/finding.ts';
import type { IssueKind, Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { Evidence } from '../model/text.ts';
import { sigmoid } from '../numerics/logistic.ts';
import { fieldAt } from './content.ts';
import { type HashedFeatures, hashFeatures } from './features.ts';
import type { SparseLinearModel } from './logistic.ts';
import { compile, type Matcher } from './matcher.ts';
import { type Calibrations, linearScore, type TrainedModels } from './train.ts';

/** Compiled rules and indexed models of many signatures. */
export interface Recogniser {
  readonly signatures: readonly Signature[];
  readonly matcher: Matcher;
  /** For each feature its weight in the signatures' models. */
  readonly postings: ReadonlyMap<number, readonly Posting[]>;
  /** By signature; absent for one that has no model. */
  readonly models: ReadonlyMap<string, Model>;
}

interface Model {
  /** Its index in an array of scores. */
  readonly column: number;
  readonly bias: number;
  readonly calibrations: Calibrations;
}

interface Posting {
  readonly signature: string;
  readonly column: number;
  readonly weight: number;
}

/** Less probable findings are left out. */
const minProbability = 0.3;

/** No finding is more probable: too few reports were ever labelled to claim it. */
const maxProbability = 0.99;

/**
 * The weights of rules and model together, in log-odds. A rule that hits is right in some 19 of 20 cases; the
 * model moves that below the default threshold only where it finds next to nothing of the failure. `wish`
 * lowers the model's log-odds alone: a feature request or a documentation issue that names an error seldom
 * reports it, and a page's rules are its author's decision.
 */
const logOddsWeights = { rule: 3, model: 0.4, wish: -2.5 } as const;

/**
 * Compiles rules and indexes the models of packs; a signature without a model is recognised by its rules
 * alone.
 */
export function createRecogniser(
  signatures: readonly Signature[],
  learned: readonly TrainedModels[] = [],
): Recogniser {
  const postings = new Map<number, Posting[]>();
  const models = new Map<string, Model>();
  for (const { models: linearModels, calibrations } of learned) {
    for (const [signature, { bias, weights }] of linearModels) {
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

/** What people's verdicts in one repository add to the log-odds, by signature. */
export type Adjustments = ReadonlyMap<string, SparseLinearModel>;

/**
 * Limits of an adjustment in log-odds, so that a page keeps the meaning that its author and samples give it.
 */
const adjustmentLimits = { down: -4, up: 1 } as const;

/** Which recognisers count: rules and models together, or one of them alone for a measurement. */
export type EvidenceUsed = 'both' | 'rules' | 'model';

/**
 * Recognises known failures in a report: one finding for each signature with a probability of at least 0.3,
 * the most probable first.
 */
export function recognise(
  report: Report,
  recogniser: Recogniser,
  using: EvidenceUsed = 'both',
  adjustments: Adjustments = new Map(),
): readonly Finding[] {
  const { hits, undecided, forbids } = recogniser.matcher(report);
  const evidence = new Map(using === 'model' ? [] : hits.map((hit) => [hit.signature.id, hit.evidence]));
  const features = using === 'rules' ? new Map() : hashFeatures(report);
  const scores = using === 'rules' ? null : scoreAll(features, recogniser);
  const budget = budgetNotes(undecided);
  const findings: Finding[] = [];
  for (const { id } of recogniser.signatures) {
    const rule = evidence.get(id);
    const score = scores?.[recogniser.models.get(id)?.column ?? -1];
    const inputs = { id, score, rule: rule !== undefined, wish: isWish(report.kind) };
    const model = score === undefined ? 0 : modelProbability(inputs, recogniser);
    const delta = adjustment(adjustments.get(id), features.keys());
    const unadjusted = using === 'model' ? model : probabilityOf(inputs, recogniser, 0);
    const probability = using === 'model' ? model : probabilityOf(inputs, recogniser, delta);
    // The ledger still lists what people's verdicts have pushed below the minimum.
    if (Math.max(probability, unadjusted) < minProbability || (rule === undefined && forbids(id))) continue;
    findings.push({
      kind: 'signature',
      id,
      probability: Math.round(probability * 1000) / 1000,
      evidence: rule ?? strongestEvidence(id, features, recogniser, report),
      from: rule === undefined ? 'model' : model >= 0.5 ? 'both' : 'rule',
      notes: [
        contributionNote(rule !== undefined, score === undefined ? null : model),
        ...verdictNotes(delta),
        ...budget,
      ],
    });
  }
  return findings.toSorted((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
}

function budgetNotes(undecided: readonly Signature[]): string[] {
  if (undecided.length === 0) return [];
  const ids = undecided.map(({ id }) => id).join(', ');
  return [`the work budget ended before the rules of ${ids} were decided; they count as not matched`];
}

/** The adjustment in words, where it is large enough to matter. */
function verdictNotes(delta: number): string[] {
  if (Math.abs(delta) < 0.05) return [];
  return [
    `people's verdicts here count ${delta < 0 ? 'against' : 'for'} it, ${delta.toFixed(1)} in log-odds`,
  ];
}

/** The score of each model, by column. */
function scoreAll(features: HashedFeatures, { postings, models }: Recogniser): Float64Array {
  const scores = Float64Array.from(models.values(), ({ bias }) => bias);
  for (const feature of features.keys()) {
    const list = postings.get(feature);
    if (list === undefined) continue;
    for (const { column, weight } of list) scores[column] = (scores[column] ?? 0) + weight;
  }
  return scores;
}

/** The score of one signature's model on a set of features; undefined where it has none. */
export function modelScore(
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

/** What the probability of one signature on one report is computed from. */
export interface ScoreInputs {
  readonly id: string;
  /** The model's score; undefined where it has no model. */
  readonly score: number | undefined;
  /** Its rules hit. */
  readonly rule: boolean;
  /** The report is a feature request or about documentation. */
  readonly wish: boolean;
}

/** The adjustment of a report with these features, in log-odds, within the limits; 0 without a model. */
export function adjustment(linear: SparseLinearModel | undefined, features: Iterable<number>): number {
  if (linear === undefined) return 0;
  return Math.max(adjustmentLimits.down, Math.min(adjustmentLimits.up, linearScore(linear, features)));
}

/** The probability by rules and model together, adjusted by `delta`; 0 without either. */
function probabilityOf(inputs: ScoreInputs, recogniser: Pick<Recogniser, 'models'>, delta: number): number {
  if (!inputs.rule && inputs.score === undefined) return 0;
  return probabilityAt(logOddsOf(inputs, recogniser), delta);
}

/** The probability of adjusted log-odds, at most `maxProbability`. */
export function probabilityAt(logOdds: number, delta: number): number {
  return Math.min(maxProbability, sigmoid(logOdds + delta));
}

/** The log-odds by rules and model, before any adjustment. */
export function logOddsOf(inputs: ScoreInputs, recogniser: Pick<Recogniser, 'models'>): number {
  return inputs.rule ? ruleLogOdds(inputs.score) : modelLogOdds(inputs, recogniser, 'silent');
}

/** The probability by the model alone. */
function modelProbability(inputs: ScoreInputs, recogniser: Pick<Recogniser, 'models'>): number {
  return Math.min(maxProbability, sigmoid(modelLogOdds(inputs, recogniser, 'alone')));
}

function modelLogOdds(
  { id, score, wish }: ScoreInputs,
  { models }: Pick<Recogniser, 'models'>,
  calibration: keyof Calibrations,
): number {
  const { slope, offset } = models.get(id)!.calibrations[calibration];
  return slope * (score ?? 0) + offset + (wish ? logOddsWeights.wish : 0);
}

function ruleLogOdds(score: number | undefined): number {
  const nudge = score === undefined ? 0 : logOddsWeights.model * (Math.max(-6, Math.min(6, score)) + 1);
  return logOddsWeights.rule + nudge;
}

/** The up to three texts with the largest weights in a signature's model. */
function strongestEvidence(
  id: string,
  features: HashedFeatures,
  { postings }: Recogniser,
  report: Report,
): Evidence[] {
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

/** The shares of rules and model in words. Quotes no reporter: evidence is redacted, notes are not. */
function contributionNote(rule: boolean, model: number | null): string {
  const modelSays = model === null ? 'there is no model' : `the model alone says ${model.toFixed(2)}`;
  return `the rules ${rule ? 'hit' : 'do not hit'}, ${modelSays}`;
}
