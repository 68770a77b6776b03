import type { Signature } from '../model/signature.ts';
import type { Calibrations, Learned } from './train.ts';

/** Raised when features, training or the file's form change: older models are not used. */
export const codeVersion = 2;

/** The models of one pack as they are stored. */
interface ModelFile {
  readonly key: string;
  readonly calibrations: Calibrations;
  /** By signature: the bias, and base64 of one 32-bit number per feature, 20 bits its id and 12 its weight. */
  readonly models: Readonly<Record<string, { readonly bias: number; readonly weights: string }>>;
}

/** Steps in which weights are kept, in log-odds; smaller ones are left out. */
const step = 0.005;
const middle = 2048;

/** Names the pages and the code that a model was made from. */
export function modelKey(signatures: readonly Signature[]): string {
  const pages = signatures
    .map(({ id, title, match, pack, samples }) => JSON.stringify([id, title, match, pack.none, samples]))
    .toSorted();
  return fingerprint(JSON.stringify([codeVersion, pages]));
}

/** 64 bits of FNV-1a in two halves: tells texts apart that nobody made to collide. */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The text of a model file; equal models give equal texts. */
export function writeModel({ models, calibrations }: Learned, key: string): string {
  const file: ModelFile = {
    key,
    calibrations,
    models: Object.fromEntries(
      [...models].map(([id, { bias, weights }]) => [id, { bias, weights: packWeights(weights) }]),
    ),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Reads a model file that `writeModel` made; null when it belongs to other pages or other code. */
export function readModel(text: string, key: string): Learned | null {
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
    const steps = Math.round(weight / step);
    if (steps !== 0) packed.push(id * 4096 + Math.max(0, Math.min(4095, steps + middle)));
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
    weights.set(Math.floor(value / 4096), ((value % 4096) - middle) * step);
  }
  return weights;
}
