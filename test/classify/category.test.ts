import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categorise } from '../../src/classify/index.ts';
import { readReport } from '../../src/report/index.ts';

const data = new URL('../../../shared/data/', import.meta.url);

describe('the category of a failure', () => {
  it.each([
    [
      'account-auth',
      '[BUG] Login loops',
      'After signing in I am asked to log in again: 401 Invalid credentials.',
    ],
    [
      'quota-rate',
      '[BUG] Weekly limit reached after one prompt',
      'My usage is at 3 %, the plan was charged yesterday.',
    ],
    [
      'model-provider',
      '[BUG] API Error: 500',
      'Every request ends with `API Error: 500 internal server error`.',
    ],
    [
      'local-runtime',
      '[BUG] Screen flickers while scrolling',
      'The terminal is redrawn from the top all the time.',
    ],
    [
      'deployment-config',
      '[BUG] npm install fails with EACCES',
      'The installer has no permission to write the package.',
    ],
  ])('is %s', (category, title, body) => {
    expect(categorise(readReport({ title, body }))?.category).toBe(category);
  });

  it('is nothing for a wish, and for what says nothing', () => {
    expect(
      categorise(readReport({ title: '[FEATURE] Log in with a key', body: 'Please add a login by key.' })),
    ).toBeNull();
    expect(categorise(readReport({ title: 'Hm', body: 'Qwertz.' }))).toBeNull();
  });
});

describe('on real failures', () => {
  const read = (name: string): string | null => {
    try {
      return readFileSync(new URL(name, data), 'utf8');
    } catch {
      return null;
    }
  };
  const signatures = read('signatures.json');
  const cases = read('signature-cases.jsonl');

  it.skipIf(signatures === null || cases === null)('is the one of the signature, nine times in ten', () => {
    const known = JSON.parse(signatures!) as { id: string; category: string }[];
    const categoryOf = new Map(known.map(({ id, category }) => [id, category]));
    const guessed = cases!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { title: string; body: string; signature: string | null })
      .filter(({ signature }) => signature !== null)
      .map(({ title, body, signature }) => ({
        expected: categoryOf.get(signature!),
        guess: categorise(readReport({ title, body })),
      }));
    const spoken = guessed.filter(({ guess }) => guess !== null);
    const right = spoken.filter(({ guess, expected }) => guess?.category === expected);
    expect(spoken.length / guessed.length).toBeGreaterThan(0.9);
    expect(right.length / spoken.length).toBeGreaterThan(0.88);
  });
});
