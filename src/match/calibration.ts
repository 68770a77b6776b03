import { sigmoid } from '../numerics/logistic.ts';

/** Turns log-odds of a model into a probability (Platt, 1999). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** What a model said of a report (`x`, log-odds) that it had not seen, what the report was, and how much that counts. */
export interface Point {
  readonly x: number;
  readonly y: 0 | 1;
  readonly weight: number;
}

/** Logistic regression on one variable, with targets drawn in so that few points cannot promise certainty. */
export function platt(points: readonly Point[]): Calibration {
  const positives = points.filter(({ y }) => y === 1).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (points.length - positives + 2);
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 50; round++) {
    // Newton's method on the two parameters.
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-6, 0, 1e-6];
    for (const { x, y, weight } of points) {
      const p = sigmoid(slope * x + offset);
      const error = (p - (y === 1 ? high : low)) * weight;
      const spread = p * (1 - p) * weight;
      gs += error * x;
      go += error;
      hss += spread * x * x;
      hso += spread * x;
      hoo += spread;
    }
    const determinant = hss * hoo - hso * hso;
    slope -= (gs * hoo - go * hso) / determinant;
    offset -= (go * hss - gs * hso) / determinant;
  }
  return { slope, offset };
}
