import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cli/input-error.ts';
import {
  probabilityOption,
  repositoryArgument,
  requiredOption,
  wholeNumberOption,
} from '../../src/cli/options.ts';
import { weekOption } from '../../src/cli/week-option.ts';

describe('an option', () => {
  it('that has to be there is named with what it expects when it is not', () => {
    expect(requiredOption({ issues: 'i.jsonl' }, 'issues', 'a file')).toBe('i.jsonl');
    expect(() => requiredOption({}, 'trainUntil', 'a file')).toThrow(
      new InputError('--train-until is missing (expected a file)'),
    );
  });

  it('of a whole number takes no sign, fraction or exponent', () => {
    expect(wholeNumberOption({ from: '17' }, 'from')).toBe(17);
    expect(wholeNumberOption({}, 'from')).toBeUndefined();
    for (const from of ['-1', '1.5', '1e3', '', '1234567890'])
      expect(() => wholeNumberOption({ from }, 'from')).toThrow(InputError);
  });

  it('of a probability takes 0 to 1, ends included, and no blank', () => {
    expect([
      probabilityOption({ threshold: '0' }, 'threshold'),
      probabilityOption({ threshold: '1' }, 'threshold'),
    ]).toEqual([0, 1]);
    for (const text of ['1.01', '-0.1', ' ', 'high'])
      expect(() => probabilityOption({ threshold: text }, 'threshold')).toThrow(InputError);
  });

  it('of a week is an ISO week, and without one the last that is over in the zone', () => {
    const now = Date.parse('2026-11-16T00:30:00Z');
    expect(weekOption({ week: '2026-W46' }, now, 'UTC')).toEqual(weekOption({}, now, 'UTC'));
    expect(weekOption({}, now, 'America/New_York')).toEqual(weekOption({ week: '2026-W45' }, now, 'UTC'));
    expect(() => weekOption({ week: '2026-47' }, now, 'UTC')).toThrow('2026-47 is no week');
  });
});

describe('a repository', () => {
  it.each([undefined, '', 'acme', 'acme/app/x', 'acme/a b', '/app'])(
    'is refused when it is not owner/repo: %s',
    (given) => {
      expect(() => repositoryArgument(given)).toThrow('(expected owner/repo)');
    },
  );

  it('is taken as it was given', () => {
    expect(repositoryArgument('Acme/app.js')).toBe('Acme/app.js');
  });
});
