import type { Signature } from '../model/signature.ts';
import type { Calibrations, TrainedModels } from './train.ts';

/** Raised when features, training or the file format change: older models are not used. */
export const codeVersion = 2;

/** The models of one pack as they are stored. */
interface ModelFile {
  readonly key: string;
  readonly calibrations: Calibrations;
  /** By signature: the bias, and in base64 32 bits per feature, 20 for its id and 12 for its weight. */
  readonly models: Readonly<Record<string, { readonly bias: number; readonly weights: string }>>;
}

/** Resolution of stored weights, in log-odds; weights that round to 0 are left out. */
const weightStep = 0.005;
/** Stored weights are unsigned: this many steps mean 0. */
const weightOffset = 2048;

/** Identifies the pages and the code version that a model was trained from. */
export function modelKey(signatures: readonly Signature[]): string {
  const pages = signatures
    .map(({ id, title, match, pack, samples }) => JSON.stringify([id, title, match, pack.none, samples]))
    .toSorted();
  return fingerprint(JSON.stringify([codeVersion, pages]));
}

/**
 * 64 bits in two halves of FNV-1a: distinguishes texts, though not against somebody who builds a collision.
 */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Serialises models for `model.json`; equal models give equal texts. */
export function writeModel({ models, calibrations }: TrainedModels, key: string): string {
  const file: ModelFile = {
    key,
    calibrations,
    models: Object.fromEntries(
      [...models].map(([id, { bias, weights }]) => [id, { bias, weights: packWeights(weights) }]),
    ),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Reads what `writeModel` wrote; null when it belongs to other pages or another code version. */
export function readModel(text: string, key: string): TrainedModels | null {
  const file = JSON.parse(text) as ModelFile;
  if (file.key !== key) return null;
  return {
    calibrations: file.calibrations,
    models: new Map(
      Object.entries(file.models).map(([id, { bias, weights }]) => [
        id,
        { bias, weights: unpackWeights(weights) },
      ]),
    ),
  };
}

export function packWeights(weights: ReadonlyMap<number, number>): string {
  const packed: number[] = [];
  for (const [id, weight] of weights) {
    const steps = Math.round(weight / weightStep);
    if (steps !== 0) packed.push(id * 4096 + Math.max(0, Math.min(4095, steps + weightOffset)));
  }
  const bytes = new Uint8Array(packed.length * 4);
  const view = new DataView(bytes.buffer);
  packed.sort((a, b) => a - b);
  for (const [index, value] of packed.entries()) view.setUint32(index * 4, value, true);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function unpackWeights(text: string): ReadonlyMap<number, number> {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const weights = new Map<number, number>();
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const value = view.getUint32(at, true);
    weights.set(Math.floor(value / 4096), ((value % 4096) - weightOffset) * weightStep);
  }
  return weights;
}
