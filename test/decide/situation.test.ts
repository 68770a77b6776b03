import { describe, expect, test } from 'vitest';
import { linkedRoot } from '../../src/decide/index.ts';
import { linkedReport } from '../../src/decide/situation.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Root } from '../../src/model/root.ts';
import { earlier, known, lacking, pump, repository, root, thread } from './situations.ts';

const named: Finding = { ...earlier, from: 'fact' };
const back: Finding = { ...known, kind: 'regression' };
const other: Finding = { ...earlier, id: `${repository}#43` };
const at = (number: number, place = repository): Root =>
  root(number, { open: thread(number, { repository: place }) });
/** Where the known failure, and where the earlier report leads. */
const leading = (failure: Root | null, report: Root | null) => ({
  roots: new Map([
    ...(failure === null ? [] : [[`signature:${pump.id}`, failure] as const]),
    ...(failure === null ? [] : [[`regression:${pump.id}`, failure] as const]),
    ...(report === null ? [] : [[`duplicate:${earlier.id}`, report] as const]),
  ]),
});

describe('the earlier report that the comment links', () => {
  test.each<[string, readonly Finding[], Root | null, Root | null, Finding | undefined]>([
    ['none is found', [known, lacking], at(3), at(3), undefined],
    ['no failure is known', [earlier], null, at(42), earlier],
    ['it was not looked up', [earlier], null, null, undefined],
    ['it has no open thread', [earlier], null, root(null), undefined],
    ['only the second has one', [other, earlier], null, at(42), earlier],
    ['the failure has no open thread', [known, earlier], root(null), at(42), earlier],
    ['both lead to one thread', [known, earlier], at(42), at(42), earlier],
    ['both do, in whatever case it is written', [known, earlier], at(42), at(42, 'Acme/TOOL'), earlier],
    ['both do, the other way about', [known, earlier], at(42, 'Acme/TOOL'), at(42), earlier],
    ['it leads to another thread', [known, earlier], at(3), at(42), undefined],
    ['it leads to that number elsewhere', [known, earlier], at(42), at(42, 'other/tool'), undefined],
    ['people named it', [known, named], at(3), at(42), named],
    ['what is known is back again', [back, named], at(42), at(42), undefined],
  ])('where %s', (_, said, failure, report, linked) => {
    expect(linkedReport(leading(failure, report), said)).toBe(linked);
  });
});

describe('the thread that the comment sends the reporter to', () => {
  test.each<[string, readonly Finding[], Root | null, Root | null, number | null]>([
    ['nothing is said', [], at(3), at(42), null],
    ['only something else is said', [lacking], at(3), at(42), null],
    ['a failure is known', [known], at(3), null, 3],
    ['the failure was not looked up', [known], null, null, null],
    ['the failure has no open thread', [known], root(null), null, null],
    ['only the report has one', [known, earlier], root(null), at(42), 42],
    ['both have one', [known, named], at(3), at(42), 3],
    ['no failure is known', [earlier], null, at(42), 42],
    ['neither has one', [known, earlier], root(null), root(null), null],
    ['what is known is back again', [back, earlier], at(3), at(42), null],
  ])('where %s', (_, said, failure, report, number) => {
    expect(linkedRoot(leading(failure, report), said)).toEqual(
      number === null ? null : { repository, number },
    );
  });
});
