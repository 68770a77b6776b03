import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';
import { featuresOf, type Place } from './features.ts';
import { factsOf } from './rules.ts';
import { type LabelModel, probabilityOf } from './train.ts';
import { type Vector, vectorise } from './vectors.ts';

const maxEvidence = 3;

/**
 * The labels that the report calls for, most probable first: those that a stated fact brings, and those that the
 * model holds for at least as probable as its bar. `at` (0 to 1) takes the place of the bars.
 */
export function suggestLabels(report: Report, model: LabelModel, at: 'auto' | number = 'auto'): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { fact, from, evidence } of factsOf(report)) {
    for (const { label, precision } of model.rules.filter((rule) => rule.fact === fact)) {
      if (at !== 'auto' && precision < at) continue;
      findings.set(label, { kind: 'label', id: label, probability: precision, evidence, from });
    }
  }
  const places = new Map<string, Place>();
  const features = featuresOf(report, places);
  const vector = vectorise(features, model.vocabulary);
  const likely = model.labels.flatMap((label) => {
    const { name, weights, threshold } = label;
    const probability = probabilityOf(label, features, vector);
    return probability >= (at === 'auto' ? threshold : at) && !findings.has(name)
      ? [{ name, weights, probability }]
      : [];
  });
  for (const { name, weights, probability } of likely) {
    const evidence = evidenceFor(report, strongest(vector, weights, model.vocabulary.names), places);
    // What cannot be shown is not said: a report of unknown words has the label's base rate, and nothing more.
    if (evidence.length > 0)
      findings.set(name, { kind: 'label', id: name, probability, evidence, from: 'model' });
  }
  return [...findings.values()].sort((a, b) => b.probability - a.probability);
}

/** Names of the features that speak for a label, strongest first. */
function strongest({ ids, values }: Vector, weights: Float32Array, names: readonly string[]): string[] {
  return Array.from(ids, (id, k) => ({ name: names[id]!, pull: values[k]! * weights[id]! }))
    .filter(({ pull }) => pull > 0)
    .sort((a, b) => b.pull - a.pull)
    .map(({ name }) => name);
}

/** The first few places that do not say the same again. */
function evidenceFor(
  report: Report,
  names: readonly string[],
  places: ReadonlyMap<string, Place>,
): Evidence[] {
  const evidence: Evidence[] = [];
  const said: string[] = [];
  for (const name of names) {
    const place = places.get(name);
    if (!place || evidence.length >= maxEvidence) continue;
    const text = (place.field === 'title' ? report.title : report.body).slice(place.start, place.end);
    const folded = text.toLowerCase().trim();
    if (said.some((other) => other.includes(folded) || folded.includes(other))) continue;
    said.push(folded);
    evidence.push({ ...place, text });
  }
  return evidence;
}
