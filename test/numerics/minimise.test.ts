import { describe, expect, test } from 'vitest';
import { minimise } from '../../src/numerics/minimise.ts';

/** Rosenbrock's valley: curved, with its lowest point at (1, 1). */
function valley(point: Float64Array, gradient: Float64Array): number {
  const [x, y] = [point[0]!, point[1]!];
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
}

describe('the minimiser', () => {
  test('finds the end of a curved valley', () => {
    const found = minimise(Float64Array.of(-1.2, 1), valley);
    expect(found[0]).toBeCloseTo(1, 2);
    expect(found[1]).toBeCloseTo(1, 2);
  });

  test('stays where nothing is lower, and leaves the start as it was', () => {
    const start = Float64Array.of(1, 1);
    expect(minimise(start, valley)).toEqual(Float64Array.of(1, 1));
    const other = Float64Array.of(-1.2, 1);
    minimise(other, valley);
    expect(other).toEqual(Float64Array.of(-1.2, 1));
  });

  test('gives the same point each time', () => {
    expect(minimise(Float64Array.of(3, -2), valley)).toEqual(minimise(Float64Array.of(3, -2), valley));
  });
});
