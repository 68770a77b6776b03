import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, createIndex, remove, restore, snapshot } from '../../src/duplicates/index.ts';
import {
  compareTraces,
  coreOf,
  countFrames,
  type FrameCounts,
  type Trace,
  traceOf,
} from '../../src/duplicates/traces.ts';
import { readReport } from '../../src/report/index.ts';
import { filing } from './reports.ts';

const traced = (frames: readonly string[]) =>
  readReport({ title: 'It fails', body: `\`\`\`\n${frames.join('\n')}\n\`\`\`` });
const rust = (...calls: string[]) =>
  traceOf(traced(calls.map((call, i) => `  ${i + 1}:     0x7f2d${i}e25 - ${call}::h12a4b8c0d4e5f6a7Xyz`)));
const none: FrameCounts = new Map();
const compare = (mine: Trace, theirs: Trace, counts = none) => compareTraces(mine, theirs, counts, 1000);

describe('a trace', () => {
  test('is of functions, whatever the build', () => {
    const first = traceOf(traced(["12:  0x7f1 - infer::Sub<'f, 'tcx>.Combine::tys::h1cd882cb6c9606fb8Zg"]));
    const second = traceOf(
      traced(["9:  0x8a2 - infer::Sub<'f, 'tcx>.Combine::tys::h0aabbccddeeff0011::v0.11.0"]),
    );
    expect(first.length).toBe(1);
    expect(second).toEqual(first);
    const closure = (n: number) => traceOf(traced([`7:  0x7f${n} - astconv::ast_ty_to_ty::closure.${n}`]));
    expect(closure(29412)).toEqual(closure(30645));
  });

  test('begins where it went wrong, in Python too', () => {
    const python = traceOf(
      traced([
        'Traceback (most recent call last):',
        '  File "/app/main.py", line 3, in start_everything',
        '  File "/app/deep.py", line 9, in fail_at_last',
      ]),
    );
    const deep = traceOf(traced(['  File "/app/deep.py", line 9, in fail_at_last']));
    expect(python.length).toBe(2);
    expect(python[0]).toBe(deep[0]);
  });
});

describe('two traces', () => {
  test('that failed in one frame are alike, the more the nearer to it they agree', () => {
    const one = rust('parse::block::inner', 'parse::item::outer', 'driver::compile::input');
    const near = compare(one, rust('parse::block::inner', 'parse::item::outer', 'other::main::loop'));
    const far = compare(one, rust('lexer::next::token', 'parse::item::outer', 'driver::compile::input'));
    expect(compare(one, one).alike).toBe(1);
    expect(near.sameTop).toBe(1);
    expect(far.sameTop).toBe(0);
    expect(near.alike).toBeGreaterThan(far.alike);
    expect(compare(one, rust('driver::compile::input', 'parse::block::inner')).alike).toBeLessThan(0.6);
    expect(compare(one, rust())).toEqual({ alike: 0, sameTop: 0 });
  });

  test('do not fail in one frame because both panicked', () => {
    const counts: FrameCounts = new Map();
    const panicked = (...calls: string[]) =>
      rust('unwind::begin_unwind::inner', 'panicking::panic::fmt', ...calls);
    for (let i = 0; i < 100; i++) countFrames(counts, panicked(`part::number::of${i}`), 1);
    const [one, other] = [panicked('parse::block::inner'), panicked('lexer::next::token')];
    expect(compare(one, other).sameTop).toBe(1);
    expect(compare(one, other, counts)).toEqual({ alike: 0, sameTop: 0 });
    expect(compare(one, panicked('parse::block::inner'), counts).alike).toBe(1);
    // The more issues failed or passed there, the less it tells.
    const told = () => compare(one, panicked('parse::block::inner'), counts).sameTop;
    const before = told();
    for (let i = 0; i < 4; i++) countFrames(counts, rust('parse::block::inner'), 1);
    expect(told()).toBeLessThan(before - 0.1);
    expect(told()).toBeGreaterThan(0.5);
    expect([...coreOf(one, counts)]).toEqual([...rust('parse::block::inner')]);
    // A trace of nothing but the runtime's own frames says nothing.
    expect(compare(panicked(), panicked(), counts)).toEqual({ alike: 0, sameTop: 0 });
  });

  test('are as alike as the other way round, between not at all and fully', () => {
    const trace = fc
      .array(fc.integer({ min: 1, max: 6 }), { maxLength: 40 })
      .map((frames) => Uint32Array.from(frames));
    fc.assert(
      fc.property(trace, trace, (a, b) => {
        const there = compare(a, b);
        expect(compare(b, a).alike).toBeCloseTo(there.alike, 12);
        expect(there.alike).toBeGreaterThanOrEqual(0);
        expect(there.alike).toBeLessThanOrEqual(1 + 1e-12);
        if (a.length > 0) expect(compare(a, a).alike).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('an index', () => {
  test('counts the frames of what is in it, and keeps them in a snapshot', () => {
    const index = createIndex();
    const crashed = traced([
      '1: 0x7f1 - parse::block::inner::h12a4b8c0d4e5f6a7',
      '2: 0x7f2 - parse::block::inner::h12a4b8c0d4e5f6a7',
    ]);
    add(index, filing(1, '', '', { report: crashed }));
    add(index, filing(2, '', '', { report: crashed }));
    expect([...index.frameCounts.values()]).toEqual([2]);
    const restored = restore(snapshot(index));
    expect(restored?.frameCounts).toEqual(index.frameCounts);
    expect(restored?.documents[1]?.trace).toEqual(index.documents[1]?.trace);
    remove(index, 1);
    add(index, filing(2, 'Without a trace'));
    expect(index.frameCounts.size).toBe(0);
  });
});
