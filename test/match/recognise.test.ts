import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BackgroundReport,
  compile,
  createRecogniser,
  modelKey,
  pageExamples,
  readBackground,
  readModel,
  recognise,
  type TrainingExample,
  trainModels,
  writeBackground,
  writeModel,
} from '../../src/match/index.ts';
import type { Signature } from '../../src/model/signature.ts';
import { readReport } from '../../src/report/index.ts';
import { background, lamp, nouns, pump, readFeatures, signatures } from './garden.ts';
import { signatureWith } from './signatures.ts';

const lessons = signatures.flatMap((signature) => pageExamples(signature, readFeatures));
const ids = signatures.map(({ id }) => id);
const learned = trainModels(ids, lessons, background);
const recogniser = createRecogniser(signatures, [learned]);
const findings = (title: string, body = '', hearing?: 'rules' | 'model') =>
  recognise(readReport({ title, body }), recogniser, hearing);

describe('the recogniser', () => {
  it('knows a failure by its rules, and quotes what matched', () => {
    const [found] = findings('The pump exploded', 'All wet.', 'rules');
    expect(found).toMatchObject({ kind: 'signature', id: 'pump', from: 'rule' });
    expect(found?.probability).toBeGreaterThan(0.9);
    expect(found?.evidence).toEqual([{ field: 'title', start: 4, end: 17, text: 'pump exploded' }]);
  });

  it('knows it in words that no rule has, and quotes those that spoke for it', () => {
    const body = 'In the evening the water pump blew into pieces with a loud bang, I bought it in May';
    const [found] = findings('', body);
    expect(found).toMatchObject({ id: 'pump', from: 'model' });
    for (const { start, end, text } of found?.evidence ?? []) expect(body.slice(start, end)).toBe(text);
    expect(found?.evidence.map(({ text }) => text).join(' ')).toMatch(/pump|pieces|bang/);
    expect(findings('', body, 'rules')).toEqual([]);
  });

  it('is surer of both together than of the rules alone, and says which part said what', () => {
    const [both] = findings('pump exploded', 'water pump in pieces with a loud bang');
    const [rules] = findings('pump exploded', 'water pump in pieces with a loud bang', 'rules');
    expect(both?.from).toBe('both');
    expect(both?.probability).toBeGreaterThan(rules?.probability ?? 1);
    expect(both?.notes?.[0]).toMatch(/^the rules hit, the model alone says 0\.\d\d$/);
  });

  it('is silent on ordinary reports, near misses and wishes', () => {
    expect(findings('where is the rake', 'behind the tomato')).toEqual([]);
    const near = findings('please offer a pump with more pressure').map(({ probability }) => probability);
    expect(Math.max(0, ...near)).toBeLessThan(0.9);
    const body = 'our pump blew up with a loud bang, in pieces, water everywhere';
    const [seen] = findings('burst at night', body);
    const [wish] = findings('Feature request: burst protection', body);
    expect(seen?.probability).toBeGreaterThan(0.9);
    expect(wish?.probability ?? 0).toBeLessThan(0.8);
  });

  it('obeys the none of a page even where only the model speaks', () => {
    const text = 'the water pump burst into pieces with a bang';
    expect(findings('', text)).toHaveLength(1);
    expect(findings('', `${text}, the garden hose too`)).toEqual([]);
  });

  it('obeys the none of a pack on each of its pages, and on no other', () => {
    const [mine, other] = [
      { name: 'mine', repository: 'octo/mine', url: null, none: [{ text: 'solved' }] },
      { name: 'other', repository: 'octo/other', url: null },
    ];
    const matcher = compile([
      signatureWith('a', { all: [{ text: 'pump' }] }, { pack: mine }),
      signatureWith('b', { all: [{ text: 'valve' }] }, { pack: mine }),
      signatureWith('c', { all: [{ text: 'pump' }] }, { pack: other }),
    ]);
    const idsIn = (body: string) =>
      matcher(readReport({ title: '', body })).hits.map(({ signature }) => signature.id);
    expect(idsIn('pump and valve')).toEqual(['a', 'b', 'c']);
    expect(idsIn('pump and valve, solved')).toEqual(['c']);
    const { forbids } = matcher(readReport({ title: '', body: 'solved' }));
    expect(['a', 'b', 'c'].map(forbids)).toEqual([true, true, false]);
  });

  it('does not mind how much else a report says', () => {
    const chatter = nouns.map((noun) => `The ${noun} is fine, its price was high.`).join('\n');
    const text = 'the water pump burst into pieces with a loud bang';
    const [plain, buried] = [findings('', text)[0], findings('', `${chatter}\n${text}\n${chatter}`)[0]];
    expect(buried?.id).toBe('pump');
    expect(Math.abs((plain?.probability ?? 0) - (buried?.probability ?? 0))).toBeLessThan(0.1);
  });

  it('says when the work budget ended', () => {
    const heavy = Array.from({ length: 120 }, (_, n) =>
      signatureWith(`h${n}`, { all: [{ regex: `word${n} .*!!.* end` }] }),
    );
    const text = `${heavy.map((_, n) => `word${n} `).join('')}the end\n`.repeat(60);
    const all = createRecogniser([...heavy, pump], []);
    const [found] = recognise(readReport({ title: 'pump exploded', body: text }), all);
    expect(found?.id).toBe('pump');
    expect(found?.notes?.join()).toMatch(/the work budget ended before the rules of h\d+/);
  });
});

describe('learning', () => {
  it('gives the same bytes for the same input', () => {
    const again = trainModels(ids, lessons, background);
    expect(writeModel(again, 'k')).toBe(writeModel(learned, 'k'));
  });

  it('takes what people confirmed and refused as lessons', () => {
    const text = 'the fountain stopped and smells of smoke';
    const taught = (label: 0 | 1): TrainingExample => ({
      signature: 'pump',
      label,
      features: readFeatures({ title: '', body: text }),
    });
    const probability = (more: TrainingExample[]) => {
      const model = trainModels(ids, [...lessons, ...more], background);
      const found = recognise(
        readReport({ title: '', body: text }),
        createRecogniser(signatures, [model]),
        'model',
      );
      return found[0]?.probability ?? 0;
    };
    expect(probability([])).toBe(0);
    expect(probability([taught(1), taught(1)])).toBeGreaterThan(0.5);
  });
});

describe('a stored model', () => {
  it('judges as the one that was written', () => {
    const key = modelKey(signatures);
    const restored = readModel(writeModel(learned, key), key);
    const report = readReport({ title: '', body: 'the water pump burst into pieces' });
    const [a] = recognise(report, recogniser);
    const [b] = recognise(report, createRecogniser(signatures, restored === null ? [] : [restored]));
    expect(b?.probability).toBeCloseTo(a?.probability ?? 0, 1);
  });

  it('of other pages is refused', () => {
    const other: Signature[] = [{ ...pump, title: 'Another title' }, lamp];
    expect(modelKey([lamp, pump])).toBe(modelKey(signatures));
    expect(readModel(writeModel(learned, modelKey(other)), modelKey(signatures))).toBeNull();
  });
});

describe('a background', () => {
  it('comes back as it was written, ids growing', () => {
    const report = fc.record({
      number: fc.integer({ min: 0, max: 200_000 }),
      features: fc
        .uniqueArray(fc.integer({ min: 0, max: 2 ** 20 - 1 }), { maxLength: 50 })
        .map((ids) => Uint32Array.from(ids).sort()),
    });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 8 }), (reports: BackgroundReport[]) => {
        expect(readBackground(writeBackground(reports))).toEqual(reports);
      }),
    );
  });

  it('that was cut off is refused', () => {
    const bytes = writeBackground([{ number: 1, features: Uint32Array.from([5, 900_000]) }]);
    expect(() => readBackground(bytes.subarray(0, -1))).toThrow(RangeError);
  });

  it('ships no text', () => {
    const bytes = readFileSync('signatures/claude-code/background.bin').toString('latin1');
    expect(bytes).not.toMatch(/[a-zA-Z]{7,}/);
  });
});
