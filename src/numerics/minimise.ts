const memory = 10;
const maxSteps = 200;

/**
 * The point at which a smooth function is least, by limited-memory BFGS (Nocedal 1980) with a backtracking line
 * search. No chance in it: the same input gives the same answer.
 * @param evaluate writes the gradient at a point and returns the value
 */
export function minimise(
  start: Float64Array,
  evaluate: (at: Float64Array, gradient: Float64Array) => number,
): Float64Array {
  let at = start;
  let gradient = new Float64Array(at.length);
  let value = evaluate(at, gradient);
  const past: { moved: Float64Array; turned: Float64Array; curvature: number }[] = [];
  for (let step = 0; step < maxSteps; step++) {
    const direction = descent(gradient, past);
    const slope = dot(direction, gradient);
    if (slope > -1e-12) break;
    let length = past.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const next = new Float64Array(at.length);
    const nextGradient = new Float64Array(at.length);
    let nextValue = value;
    for (; length > 1e-10; length /= 2) {
      for (let i = 0; i < at.length; i++) next[i] = (at[i] ?? 0) + length * (direction[i] ?? 0);
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const moved = next.map((x, i) => x - (at[i] ?? 0));
    const turned = nextGradient.map((x, i) => x - (gradient[i] ?? 0));
    const curvature = dot(moved, turned);
    if (curvature > 1e-12) past.push({ moved, turned, curvature });
    if (past.length > memory) past.shift();
    const gain = value - nextValue;
    at = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain < 1e-7 * Math.abs(value)) break;
  }
  return at;
}

/** The direction of steepest descent, bent by what the last steps taught of the function's curvature. */
function descent(
  gradient: Float64Array,
  past: readonly { moved: Float64Array; turned: Float64Array; curvature: number }[],
): Float64Array {
  const direction = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { moved, turned, curvature } of past.toReversed()) {
    const share = dot(moved, direction) / curvature;
    shares.push(share);
    addScaled(direction, turned, -share);
  }
  const last = past.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.turned, last.turned);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  }
  for (const { moved, turned, curvature } of past) {
    addScaled(direction, moved, (shares.pop() ?? 0) - dot(turned, direction) / curvature);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}

function addScaled(target: Float64Array, by: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + scale * (by[i] ?? 0);
}
