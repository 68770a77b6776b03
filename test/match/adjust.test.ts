import { describe, expect, test } from 'vitest';
import {
  adjustment,
  createRecogniser,
  featuresOfSample,
  type LabelledSample,
  learnAdjustment,
  logOddsOf,
  pageExamples,
  probabilityAt,
  readAdjustments,
  recognise,
  scoreInputsOfSample,
  trainingSampleOf,
  trainModels,
  writeAdjustments,
} from '../../src/match/index.ts';
import { readReport } from '../../src/report/index.ts';
import { background, lamp, pump, readFeatures, signatures } from './garden.ts';

const learned = trainModels(
  signatures.map(({ id }) => id),
  signatures.flatMap((signature) => pageExamples(signature, readFeatures)),
  background,
);
const recogniser = createRecogniser(signatures, [learned]);
const report = (body: string) => readReport({ title: '', body });
const spoken = (body: string, right: boolean, weight = 1): LabelledSample => {
  const sample = trainingSampleOf(report(body), recogniser);
  const features = featuresOfSample(sample) ?? new Uint32Array();
  return {
    features,
    logOdds: logOddsOf(scoreInputsOfSample(sample, features, 'pump', recogniser), recogniser),
    right,
    weight,
  };
};
const sure = (body: string, by: ReadonlyMap<string, ReturnType<typeof learnAdjustment>>) =>
  recognise(report(body), recogniser, 'both', by).find(({ id }) => id === 'pump')?.probability ?? 0;

const places = ['kitchen', 'cellar', 'attic', 'yard', 'shed', 'hall'];
const refused = places.map((place) => `in a film about the ${place} a pump exploded, the actors laughed`);
const confirmed = places.map((place) => `the pump exploded in the ${place}, all is wet`);
const taught = [
  ...refused.map((text) => spoken(text, false)),
  ...confirmed.map((text) => spoken(text, true)),
];
const anchors = pump.samples.matches.map(({ text }) => spoken(text, true));
const linear = learnAdjustment(taught, anchors);
const by = new Map([['pump', linear]]);

describe('what was heard', () => {
  test('is judged as the report itself, and holds no word of it', () => {
    for (const text of [...refused, ...confirmed, 'the water pump burst into pieces with a bang']) {
      const { features, logOdds } = spoken(text, true);
      expect(features).toEqual(readFeatures({ title: '', body: text }));
      const found = recognise(report(text), recogniser).find(({ id }) => id === 'pump');
      expect(Math.round(probabilityAt(logOdds, 0) * 1000) / 1000).toBe(found?.probability);
    }
    const kept = JSON.stringify(
      trainingSampleOf(report('the pump exploded, my name is Rosalind'), recogniser),
    );
    expect(kept).toContain('"rules":["pump"]');
    expect(kept).not.toMatch(/rosalind/i);
  });

  test('a wish is known as one', () => {
    const wish = readReport({ title: 'Feature request: a pump that never bursts into pieces', body: '' });
    expect(trainingSampleOf(wish, recogniser).wish).toBe(true);
    expect(trainingSampleOf(report('a bang'), recogniser).wish).toBe(false);
  });

  test('by other code is not read', () => {
    const sample = trainingSampleOf(report('the pump exploded'), recogniser);
    expect(featuresOfSample({ ...sample, version: sample.version + 1 })).toBeNull();
  });
});

describe('an adjustment', () => {
  test('silences what was refused, wherever it happened, and leaves the rest', () => {
    const film = 'in a film about the garden a pump exploded, the actors laughed';
    const wet = 'the pump exploded in the garden, all is wet';
    expect(sure(film, new Map())).toBeGreaterThan(0.9);
    expect(sure(film, by)).toBeLessThan(0.9);
    expect(sure(wet, by)).toBeGreaterThan(0.9);
    for (const { text } of pump.samples.matches)
      expect(sure(text, by) >= 0.9).toBe(sure(text, new Map()) >= 0.9);
  });

  test('is the same every time', () => {
    expect(learnAdjustment(taught, anchors)).toEqual(linear);
  });

  test('knows no word of one report alone', () => {
    const alone = readFeatures({ title: '', body: 'xylophone' });
    const one = learnAdjustment([...taught, spoken('a pump exploded, xylophone', false)], anchors);
    for (const feature of alone)
      if (!readFeatures({ title: '', body: '' }).includes(feature)) {
        expect(one.weights.has(feature)).toBe(false);
      }
    expect(linear.weights.size).toBeGreaterThan(0);
    expect(linear.weights.size).toBeLessThanOrEqual(64);
  });

  test('moves a page four down and one up at most', () => {
    const certain = { bias: -50, weights: new Map() };
    expect(adjustment(certain, [])).toBe(-4);
    expect(adjustment({ ...certain, bias: 50 }, [])).toBe(1);
    expect(adjustment(undefined, [1])).toBe(0);
    expect(adjustment({ bias: 0.5, weights: new Map([[7, -0.25]]) }, [7, 8])).toBe(0.25);
  });

  test('counts voices by their weight', () => {
    const whisper = learnAdjustment(
      refused.map((text) => spoken(text, false, 0.01)),
      anchors,
    );
    const shout = learnAdjustment(
      refused.map((text) => spoken(text, false, 1)),
      anchors,
    );
    const film = readFeatures({ title: '', body: refused[0] ?? '' });
    expect(adjustment(shout, film)).toBeLessThan(adjustment(whisper, film) - 1);
  });

  test('of nothing is nothing', () => {
    expect(learnAdjustment([], [])).toEqual({ bias: 0, weights: new Map() });
  });
});

describe('stored adjustments', () => {
  const pages = new Map(signatures.map((signature) => [signature.id, signature]));
  const text = writeAdjustments(
    new Map([
      ['pump', linear],
      ['lamp', linear],
    ]),
    pages,
  );

  test('judge as those that were written', () => {
    const read = readAdjustments(text, pages);
    for (const body of [...refused, ...confirmed]) expect(sure(body, read)).toBeCloseTo(sure(body, by), 1);
    expect(
      writeAdjustments(
        new Map([
          ['lamp', linear],
          ['pump', linear],
        ]),
        pages,
      ),
    ).toBe(text);
  });

  test('lapse with a page that was changed, and with one that is gone', () => {
    const mended = new Map([...pages, ['pump', { ...pump, match: { all: [{ text: 'pump burst' }] } }]]);
    expect([...readAdjustments(text, mended).keys()]).toEqual(['lamp']);
    expect([...readAdjustments(text, new Map([['lamp', lamp]])).keys()]).toEqual(['lamp']);
    expect(writeAdjustments(by, new Map([['lamp', lamp]]))).toBe('{}');
  });
});
