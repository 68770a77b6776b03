const hour = 3_600_000;
const day = 24 * hour;

/** How old our comment is, in milliseconds, when its reactions are read: often at first, never after a month. */
const ages = [hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day];

/** When to read the reactions to a comment next, or null when that is over. Both in epoch milliseconds. */
export function nextPoll(commentedAt: number, now: number): number | null {
  const age = ages.find((candidate) => commentedAt + candidate > now);
  return age === undefined ? null : commentedAt + age;
}
