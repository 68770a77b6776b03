const hour = 3_600_000;
const day = 24 * hour;

/** Ages of our comment at which its reactions are read, in milliseconds. */
const ages = [hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day];

/** When to read the reactions to a comment next; null after 30 days. All times in epoch milliseconds. */
export function nextPoll(commentedAt: number, now: number): number | null {
  const age = ages.find((candidate) => commentedAt + candidate > now);
  return age === undefined ? null : commentedAt + age;
}
