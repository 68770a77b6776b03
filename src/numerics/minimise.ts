/** How many of the last steps tell of the curvature, and the most steps. */
const historyLength = 10;
const maxSteps = 200;
/** The search ends when a step lowers the value by a smaller part of it than this. */
const tolerance = 1e-7;
/** Armijo's condition: the part of the decrease that the slope promises which a step has to bring. */
const sufficientDecrease = 1e-4;

/** What one step taught: how far it went, how the gradient changed, and their dot product. */
interface Correction {
  readonly step: Float64Array;
  readonly gradientChange: Float64Array;
  readonly curvature: number;
}

/**
 * The point at which a smooth function is least, by limited-memory BFGS (Nocedal 1980) with a backtracking
 * line search. Deterministic.
 * @param evaluate writes the gradient at a point and returns the value
 */
export function minimise(
  start: Float64Array,
  evaluate: (point: Float64Array, gradient: Float64Array) => number,
): Float64Array {
  let point = start;
  let gradient = new Float64Array(point.length);
  let value = evaluate(point, gradient);
  const corrections: Correction[] = [];
  for (let round = 0; round < maxSteps; round++) {
    const direction = searchDirection(gradient, corrections);
    const slope = dot(direction, gradient);
    if (slope > -1e-12) break;
    let length = corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const next = new Float64Array(point.length);
    const nextGradient = new Float64Array(point.length);
    let nextValue = value;
    for (; length > 1e-10; length /= 2) {
      for (let i = 0; i < point.length; i++) next[i] = point[i]! + length * direction[i]!;
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + sufficientDecrease * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = difference(next, point);
    const gradientChange = difference(nextGradient, gradient);
    const curvature = dot(step, gradientChange);
    if (curvature > 1e-12) corrections.push({ step, gradientChange, curvature });
    if (corrections.length > historyLength) corrections.shift();
    const gain = value - nextValue;
    point = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain < tolerance * Math.abs(value)) break;
  }
  return point;
}

/**
 * The direction of steepest descent, bent by what the last steps taught of the curvature (two-loop
 * recursion).
 */
function searchDirection(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const direction = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { step, gradientChange, curvature } of corrections.toReversed()) {
    const share = dot(step, direction) / curvature;
    shares.push(share);
    addScaled(direction, gradientChange, -share);
  }
  const last = corrections.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.gradientChange, last.gradientChange);
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  shares.reverse();
  corrections.forEach(({ step, gradientChange, curvature }, i) => {
    addScaled(direction, step, shares[i]! - dot(gradientChange, direction) / curvature);
  });
  return direction;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, i) => x - b[i]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function addScaled(target: Float64Array, by: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += scale * by[i]!;
}
