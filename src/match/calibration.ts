import { sigmoid } from '../numerics/logistic.ts';

/** Turns a model's log-odds `x` into a probability, sigmoid(slope · x + offset) (Platt, 1999). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** The log-odds `x` that a model gave a report it was not trained on, and the report's true class `y`. */
export interface CalibrationPoint {
  readonly x: number;
  readonly y: 0 | 1;
  readonly weight: number;
}

/**
 * Fits a calibration: logistic regression on one variable by Newton's method, with Platt's smoothed targets,
 * so that few points cannot promise certainty.
 */
export function platt(points: readonly CalibrationPoint[]): Calibration {
  const positives = points.filter(({ y }) => y === 1).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (points.length - positives + 2);
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 50; round++) {
    // Gradient (g) and Hessian (h) by slope (s) and offset (o).
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
