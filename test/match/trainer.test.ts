import { describe, expect, it } from 'vitest';
import { createTrainer, recognise } from '../../src/match/index.ts';
import { readReport } from '../../src/report/index.ts';
import { background, pump, signatures } from './garden.ts';

const seen = pump.samples.matches[0]?.text ?? '';
const reports = background.map((features, index) => ({ number: 100 + index, features }));
const trainer = createTrainer({ signatures, background: reports, readReport });
const report = (body: string) => readReport({ title: '', body });
const probability = (number: number, body: string) =>
  recognise(report(body), trainer.without(number, report(body)), 'model')[0]?.probability ?? 0;

/** The words of the sample in another order: they share no eight in a row. */
const shuffled = 'with a loud bang at night, into many small pieces: the water pump burst';

describe('a report is judged', () => {
  it('by everything where no sample was made from it', () => {
    expect(probability(8, shuffled)).toBeGreaterThan(0.5);
  });

  it('without the sample that was made from it', () => {
    const own = 'many small pieces, a loud bang at night';
    expect(probability(7, own)).toBeLessThan(probability(8, own));
  });

  it('without a sample that shares eight words in a row with it', () => {
    expect(probability(8, seen)).toBe(probability(7, seen));
    expect(probability(8, seen)).toBeLessThan(probability(8, shuffled));
  });

  it('without the part of the background that holds it', () => {
    expect(trainer.notSeen(100)).not.toBe(trainer.notSeen(1));
    expect(trainer.notSeen(100)).not.toBe(trainer.notSeen(101));
    expect(trainer.notSeen(100)).toBe(trainer.notSeen(105));
    expect(trainer.notSeen(1)).toBe(trainer.notSeen(2));
  });
});
