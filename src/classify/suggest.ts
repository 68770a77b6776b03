import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';
import { countFeatures, type FeatureLocation } from './features.ts';
import { factsOf } from './rules.ts';
import { type LabelModel, labelProbability } from './train.ts';
import { type Vector, vectorise } from './vectors.ts';

const maxEvidence = 3;

/**
 * Suggests labels for a report, the most probable first: those that a stated fact implies, and those whose
 * model reaches its threshold.
 * @param minProbability one threshold (0 to 1) for all labels; `auto` (default): the learned ones
 */
export function suggestLabels(
  report: Report,
  model: LabelModel,
  minProbability: 'auto' | number = 'auto',
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { fact, from, evidence } of factsOf(report)) {
    for (const { label, precision } of model.rules.filter((rule) => rule.fact === fact)) {
      if (minProbability !== 'auto' && precision < minProbability) continue;
      findings.set(label, { kind: 'label', id: label, probability: precision, evidence, from });
    }
  }
  const places = new Map<string, FeatureLocation>();
  const features = countFeatures(report, places);
  const vector = vectorise(features, model.vocabulary);
  const likely = model.labels.flatMap((label) => {
    const { name, weights, threshold } = label;
    const probability = labelProbability(label, features, vector);
    return probability >= (minProbability === 'auto' ? threshold : minProbability) && !findings.has(name)
      ? [{ name, weights, probability }]
      : [];
  });
  for (const { name, weights, probability } of likely) {
    const evidence = evidenceFor(report, strongestFeatures(vector, weights, model.vocabulary.names), places);
    // Without evidence there is only the label's base rate, so nothing is suggested.
    if (evidence.length > 0)
      findings.set(name, { kind: 'label', id: name, probability, evidence, from: 'model' });
  }
  return [...findings.values()].sort((a, b) => b.probability - a.probability);
}

/** Names of the features that support a label, strongest first. */
function strongestFeatures(
  { ids, values }: Vector,
  weights: Float32Array,
  names: readonly string[],
): string[] {
  return Array.from(ids, (id, k) => ({ name: names[id]!, contribution: values[k]! * weights[id]! }))
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .map(({ name }) => name);
}

/** The first few features' texts that do not contain one another. */
function evidenceFor(
  report: Report,
  names: readonly string[],
  places: ReadonlyMap<string, FeatureLocation>,
): Evidence[] {
  const evidence: Evidence[] = [];
  const quoted: string[] = [];
  for (const name of names) {
    const place = places.get(name);
    if (!place || evidence.length >= maxEvidence) continue;
    const text = (place.field === 'title' ? report.title : report.body).slice(place.start, place.end);
    const folded = text.toLowerCase().trim();
    if (quoted.some((other) => other.includes(folded) || folded.includes(other))) continue;
    quoted.push(folded);
    evidence.push({ ...place, text });
  }
  return evidence;
}
