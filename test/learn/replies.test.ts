import { describe, expect, test } from 'vitest';
import { readReply } from '../../src/learn/index.ts';

describe('a reply', () => {
  test.each([
    ['Yes, same here', 'agrees'],
    ['Thanks, that fixed it!', 'agrees'],
    ['+1', 'agrees'],
    ['I can confirm, exactly this.', 'agrees'],
    ['this is different because I have no proxy', 'protests'],
    ['That did not help, it is not the same bug', 'protests'],
    ['Not a duplicate.', 'protests'],
    ['No.', 'protests'],
    ['This isn’t my problem', 'protests'],
    ['Same error, but on Linux', 'doubts'],
    ['Is it the same?', 'doubts'],
    ['I reinstalled it yesterday', 'doubts'],
    ['> not the same\n\n```\nthis is different\n```', 'aside'],
    ['![picture](https://example.com/not-a-duplicate.png) @someone', 'aside'],
  ])('%j: %s', (body, says) => expect(readReply(body)).toBe(says));

  test('of any shape is read in little time', () => {
    const started = performance.now();
    for (const piece of ['no ', 'not ', '`', '![', '<!--', '@', 'http://', 'it is ', "n't "])
      readReply(piece.repeat(60_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
