import { describe, expect, test } from 'vitest';
import { compareConstructs } from '../../../src/duplicates/ranking/compare-constructs.ts';
import {
  constructsOf,
  countConstructs,
  createConstructCounts,
} from '../../../src/duplicates/text/constructs.ts';
import { readReport } from '../../../src/report/index.ts';

const used = (code: string) =>
  constructsOf(readReport({ title: 'It crashes', body: `This fails:\n\n\`\`\`\n${code}\n\`\`\`\n` }));

describe('what two samples have in common', () => {
  const counts = createConstructCounts();
  const common = used('let x = 1;');
  const rare = used('yield x;');
  for (let i = 0; i < 100; i++) countConstructs(counts, common, 1);
  for (let i = 0; i < 3; i++) countConstructs(counts, rare, 1);
  const compare = (one: string, other: string) => compareConstructs(counts, used(one), used(other));

  test('counts by how few others have it', () => {
    const { rarest, share } = compare('yield x;', 'yield y;');
    expect(share).toBe(1);
    expect(rarest).toBeGreaterThan(3);
    const both = compare('let a = 1; yield x;', 'let b = 2; yield y;');
    expect(both.share).toBeCloseTo(1);
    expect(both.rarest).toBe(rarest);
    expect(compare('let a = 1; yield x;', 'let b = 2;').share).toBeLessThan(0.1);
    expect(compare('let a = 1;', 'let b = 2;').rarest).toBeLessThan(0.1);
  });

  test('is nothing where one has no code', () => {
    expect(compare('zebra', 'yield x;')).toEqual({ share: 0, rarest: 0 });
    expect(compare('zebra', 'apple')).toEqual({ share: 0, rarest: 0 });
  });
});
