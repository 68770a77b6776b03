import type { TrainingSample } from '../model/issue-state.ts';
import type { Report } from '../model/report.ts';
import { readBackground, writeBackground } from './background.ts';
import { featuresOf } from './features.ts';
import { codeVersion } from './model.ts';
import { isWish, type Odds, type Recogniser, scoreOf } from './recognise.ts';

/** What may be kept of a (redacted) report, so that a verdict on it can teach later. */
export function trainingSampleOf(report: Report, { matcher }: Pick<Recogniser, 'matcher'>): TrainingSample {
  const bytes = writeBackground([{ number: 0, features: featuresOf(report) }]);
  return {
    version: codeVersion,
    features: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    rules: matcher(report).hits.map(({ signature }) => signature.id),
    wish: isWish(report.kind),
  };
}

/** The features of what was kept; null when they are of another version. */
export function featuresOfSample({ features, version }: TrainingSample): Uint32Array | null {
  if (version !== codeVersion) return null;
  const [report] = readBackground(Uint8Array.from(atob(features), (char) => char.charCodeAt(0)));
  return report?.features ?? null;
}

/** What rules and model of a signature say of a report that was heard, as of today's pages. */
export function oddsOfSample(
  sample: TrainingSample,
  features: Uint32Array,
  id: string,
  recogniser: Recogniser,
): Odds {
  return { id, score: scoreOf(features, id, recogniser), rule: sample.rules.includes(id), wish: sample.wish };
}
