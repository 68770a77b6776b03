import type { TrainingSample } from '../model/issue-state.ts';
import type { Report } from '../model/report.ts';
import { readBackground, writeBackground } from './background.ts';
import { featureIds } from './features.ts';
import { codeVersion } from './model.ts';
import { isWish, modelScore, type Recogniser, type ScoreInputs } from './recognise.ts';

/** The part of a (redacted) report that may be stored, so that a later verdict on it can be learned from. */
export function trainingSampleOf(report: Report, { matcher }: Pick<Recogniser, 'matcher'>): TrainingSample {
  const bytes = writeBackground([{ number: 0, features: featureIds(report) }]);
  return {
    version: codeVersion,
    features: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    rules: matcher(report).hits.map(({ signature }) => signature.id),
    wish: isWish(report.kind),
  };
}

/** The feature ids of a stored sample; null when another code version wrote it. */
export function featuresOfSample({ features, version }: TrainingSample): Uint32Array | null {
  if (version !== codeVersion) return null;
  const [report] = readBackground(Uint8Array.from(atob(features), (char) => char.charCodeAt(0)));
  return report?.features ?? null;
}

/** The score inputs of a stored sample: its rule hits of then, and the score of the current model. */
export function scoreInputsOfSample(
  sample: TrainingSample,
  features: Uint32Array,
  id: string,
  recogniser: Recogniser,
): ScoreInputs {
  return {
    id,
    score: modelScore(features, id, recogniser),
    rule: sample.rules.includes(id),
    wish: sample.wish,
  };
}
