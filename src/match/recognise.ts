import type { Finding } from '../model/finding.ts';
import type { IssueKind, Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { Evidence } from '../model/text.ts';
import { fieldAt } from './content.ts';
import { type Features, readFeatures } from './features.ts';
import { sigmoid } from './logistic.ts';
import { compile, type Matcher } from './matcher.ts';
import type { Calibration, Learned } from './train.ts';

/** Rules and models of many signatures, ready to judge reports. */
export interface Recogniser {
  readonly signatures: readonly Signature[];
  readonly matcher: Matcher;
  /** For each feature the signatures that it speaks for or against. */
  readonly postings: ReadonlyMap<number, readonly Posting[]>;
  /** By signature; absent for one that has no model. */
  readonly models: ReadonlyMap<string, { readonly bias: number; readonly calibration: Calibration }>;
}

interface Posting {
  readonly signature: string;
  readonly weight: number;
}

/** Findings less probable than this are not worth telling. */
const floor = 0.3;

/** Nothing is more probable than this: so few reports were ever judged. */
const surest = 0.99;

/**
 * What the parts are worth together, in log-odds. A rule that hits is right in some 19 of 20 cases, and the
 * model moves that a little. For the model a wish, or a text about documents, that names an error is seldom a
 * report of it; of the rules of a page its author has the say.
 */
const worth = { rule: 3, model: 0.2, wish: -2.5 } as const;

/** Compiles rules and puts models of packs beside them; a signature without a model is known by its rules. */
export function createRecogniser(
  signatures: readonly Signature[],
  learned: readonly Learned[] = [],
): Recogniser {
  const postings = new Map<number, Posting[]>();
  const models = new Map<string, { bias: number; calibration: Calibration }>();
  for (const { models: own, calibration } of learned) {
    for (const [signature, { bias, weights }] of own) {
      models.set(signature, { bias, calibration });
      for (const [feature, weight] of weights) {
        const list = postings.get(feature);
        if (list === undefined) postings.set(feature, [{ signature, weight }]);
        else list.push({ signature, weight });
      }
    }
  }
  return { signatures, matcher: compile(signatures), postings, models };
}

/** How rules and models are heard: together, or each alone for a measurement. */
export type Hearing = 'both' | 'rules' | 'model';

/** One finding for each signature that is probable enough, best first. */
export function recognise(
  report: Report,
  recogniser: Recogniser,
  hearing: Hearing = 'both',
): readonly Finding[] {
  const { hits, undecided, forbids } = recogniser.matcher(report);
  const evidence = new Map(hearing === 'model' ? [] : hits.map((hit) => [hit.signature.id, hit.evidence]));
  const features = hearing === 'rules' ? new Map() : readFeatures(report);
  const scores = hearing === 'rules' ? new Map<string, number>() : scoreAll(features, recogniser);
  const budget = budgetNotes(undecided);
  const findings: Finding[] = [];
  for (const { id } of recogniser.signatures) {
    const rule = evidence.get(id);
    const score = scores.get(id);
    const model = score === undefined ? 0 : modelProbability(score, id, recogniser, report.kind);
    const probability = rule === undefined ? model : ruleProbability(score);
    if (probability < floor || (rule === undefined && forbids(id))) continue;
    findings.push({
      kind: 'signature',
      id,
      probability: Math.round(probability * 1000) / 1000,
      evidence: rule ?? strongest(id, features, recogniser, report),
      from: rule === undefined ? 'model' : model >= 0.5 ? 'both' : 'rule',
      notes: [shares(rule !== undefined, score === undefined ? null : model), ...budget],
    });
  }
  return findings.toSorted((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
}

function budgetNotes(undecided: readonly Signature[]): string[] {
  if (undecided.length === 0) return [];
  const ids = undecided.map(({ id }) => id).join(', ');
  return [`the work budget ended before the rules of ${ids} were decided; they count as not matched`];
}

function scoreAll(features: Features, { postings, models }: Recogniser): Map<string, number> {
  const scores = new Map([...models].map(([id, { bias }]) => [id, bias]));
  for (const feature of features.keys()) {
    for (const { signature, weight } of postings.get(feature) ?? []) {
      scores.set(signature, (scores.get(signature) ?? 0) + weight);
    }
  }
  return scores;
}

function modelProbability(score: number, id: string, { models }: Recogniser, kind: IssueKind): number {
  const { slope, offset } = models.get(id)!.calibration;
  const wish = kind === 'feature' || kind === 'documentation' ? worth.wish : 0;
  return Math.min(surest, sigmoid(slope * score + offset + wish));
}

function ruleProbability(score: number | undefined): number {
  const nudge = score === undefined ? 0 : worth.model * (Math.max(-6, Math.min(6, score)) + 3);
  return Math.min(surest, sigmoid(worth.rule + nudge));
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
  const heard = model === null ? 'there is no model' : `the model alone says ${model.toFixed(2)}`;
  return `the rules ${rule ? 'hit' : 'do not hit'}, ${heard}`;
}
