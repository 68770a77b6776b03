import { describe, expect, test } from 'vitest';
import {
  add,
  createClusters,
  createIndex,
  findDuplicates,
  shippedModel,
} from '../../../src/duplicates/index.ts';
import { filing } from '../reports.ts';

describe('two reports that hardly say anything', () => {
  test('are not known to be one problem, however equal', () => {
    const index = createIndex();
    for (let n = 1; n <= 300; n++)
      add(index, filing(n, `thing${n} does not open`, `error: part${n} of thing${n} gave up`));
    const sure = (title: string): number => {
      add(index, filing(400, title, '', { author: 'ann' }));
      const options = { repository: 'acme/app', max: 1 };
      const issue = filing(500, title, '', { author: 'bob' });
      return findDuplicates(index, createClusters([]), issue, shippedModel(), options)[0]?.probability ?? 0;
    };
    expect(sure('placeholder')).toBeLessThan(0.25);
    expect(sure('Boom crash')).toBeLessThan(0.5);
    expect(sure('Wrench rattles under flickering lamps')).toBeGreaterThan(0.5);
  });
});

describe('an earlier report of the same person', () => {
  const index = createIndex();
  for (let n = 1; n <= 300; n++) {
    const word = `thing${n} part${n % 17} place${n % 23}`;
    add(
      index,
      filing(n, `${word} does not open`, `When ${word} is used\nerror: ${word} gave up`, { author: 'other' }),
    );
  }
  const body = 'When the harness starts\nerror: quux7 token vanished from harness';
  add(index, filing(301, 'Harness loses quux7 token on start', body, { author: 'ann' }));
  const probability = (author: string, title: string, said = body): number => {
    const options = { repository: 'acme/app', max: 1 };
    const issue = filing(400, title, said, { author });
    return findDuplicates(index, createClusters([]), issue, shippedModel(), options)[0]?.probability ?? 0;
  };

  test('is less likely the same problem under another title: who files twice knows the first', () => {
    const other = 'Harness shows quux7 colours wrongly';
    const said = 'When the colours are drawn\nerror: quux7 palette vanished from harness';
    expect(probability('bob', other, said)).toBeGreaterThan(0.1);
    expect(probability('ann', other, said)).toBeLessThan(probability('bob', other, said) * 0.8);
    // Where all but the title is equal nobody doubts much, but she is doubted more.
    expect(probability('ann', other)).toBeLessThan(probability('bob', other));
  });

  test('is as likely as anybody\u2019s under the same title', () => {
    const same = 'Harness loses quux7 token on start';
    expect(probability('ann', same)).toBeCloseTo(probability('bob', same), 1);
  });
});
