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
    ['This isnt my problem', 'protests'],
    ['It is not related', 'protests'],
    ['Please reopen', 'protests'],
    ['Reopen this', 'protests'],
    ['The two differ', 'protests'],
    ['Same here 👎', 'protests'],
    ['There was no way that it worked', 'protests'],
    ['Your steps hardly work', 'protests'],
    ['These hardly help', 'protests'],
    ['  No.', 'protests'],
    ['Same here, it would seem', 'doubts'],
    ['They say yes', 'doubts'],
    ['My vote: +1', 'doubts'],
    ['Look 👍', 'doubts'],
    ['👍', 'agrees'],
    ['Confirmed', 'agrees'],
    ['I confirm', 'agrees'],
    ["That's it", 'agrees'],
    ['Fixed', 'agrees'],
    ['This is duplicate', 'agrees'],
    ['Oh yes duplicate', 'agrees'],
    ["You're right", 'agrees'],
    ['I agree', 'agrees'],
    ['I have no proxy. Same here', 'agrees'],
    ['Right? Same here', 'agrees'],
    [`Yes, same here. ${'a'.repeat(4_000)} but different`, 'agrees'],
    ['Yes ``` same here', 'agrees'],
    ['Yes -> same here', 'agrees'],
    ['Yes,    same here', 'agrees'],
    [' Yes, same here', 'agrees'],
    ['Yes,\tsame here', 'agrees'],
    ['Hello\nindeed', 'agrees'],
    ['<!-- not this -->Yes, same here', 'agrees'],
    ['`not this` Yes, same here', 'agrees'],
    ['Yes, same here: http://example.com/not-a-duplicate', 'agrees'],
    ['so`x`indeed', 'agrees'],
    ['x', 'aside'],
    ['![picture](https://example.com/not-a-duplicate.png) @someone', 'aside'],
  ])('%j: %s', (body, says) => expect(readReply(body)).toBe(says));

  test('of any shape is read in little time', () => {
    const started = performance.now();
    for (const piece of ['no ', 'not ', '`', '![', '<!--', '@', 'http://', 'it is ', "n't "])
      readReply(piece.repeat(60_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
