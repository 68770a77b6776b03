import { expect, test } from 'vitest';
import { lazy, lazyOf } from '../../src/model/lazy.ts';

test('a lazy value is made once, when it is first asked for, also where it is nothing', () => {
  let made = 0;
  const value = lazy(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

test('one that cannot be made is tried again, while a promise that rejects stays', async () => {
  let tries = 0;
  const fails = lazy(() => {
    tries += 1;
    if (tries < 2) throw new Error('not yet');
    return tries;
  });
  expect(fails).toThrow('not yet');
  expect(fails()).toBe(2);
  const rejected = lazy(() => {
    tries += 1;
    return Promise.reject(new Error(`try ${tries}`));
  });
  await expect(rejected()).rejects.toThrow('try 3');
  await expect(rejected()).rejects.toThrow('try 3');
});

test('a value of an object is made once for each object', () => {
  const made: object[] = [];
  const count = lazyOf((key: { readonly n: number }) => {
    made.push(key);
    return key.n || null;
  });
  const [one, other] = [{ n: 0 }, { n: 0 }];
  expect([count(one), count(one), count(other)]).toEqual([null, null, null]);
  expect(made).toEqual([one, other]);
});
