/** Groups of reports that no signature knows. Holds numbers only: the store keeps it is. */
export interface FailureGroups {
  readonly groups: readonly FailureGroup[];
  /** Reports that are like no other yet. */
  readonly loose: readonly number[];
}

export interface FailureGroup {
  /** The number of its first report. */
  readonly name: number;
  readonly members: readonly number[];
  /** Names of groups that turned out to be this one. */
  readonly also?: readonly number[];
}

export const noGroups: FailureGroups = { groups: [], loose: [] };

/** Gives the mean similarity (0 to 1) of every report of the repository to some of them, by number. */
export type MeanSimilarity = (numbers: readonly number[]) => ReadonlyMap<number, number>;

/**
 * The similarity that a report has to reach, as the cosine of `alike`: at least `min`, and `lift` times what
 * one in twenty of the other reports of the repository reaches. The lift keeps apart what shares no more than
 * a topic that everybody writes about. Measured on 700 issues of anthropics/claude-code and nine families of
 * 25 reports of one failure.
 */
const joining = { min: 0.1, lift: 2.5 };
/** One report says less than several: two make a group only when they are more similar. */
const pairing = { min: 0.2, lift: 3.5 };
const crowdShare = 0.05;
/** A new member may bring loose reports with it, and they others. */
const maxRounds = 3;

/**
 * Adds a report that no signature knows. It joins the most similar group, else makes a group with the most
 * similar loose report, else stays loose. A group that grew takes in the loose reports and groups that are
 * similar to it. Adding a number again changes nothing.
 */
export function addToGroups(
  groups: FailureGroups,
  number: number,
  similarity: MeanSimilarity,
): FailureGroups {
  if (groups.loose.includes(number) || groups.groups.some(({ members }) => members.includes(number)))
    return groups;
  const near = similarity([number]);
  const best = bestGroup(groups, number, near, similarity);
  if (best !== null) return grow(groups, best, { ...best, members: [...best.members, number] }, similarity);
  const nearest = groups.loose
    .map((other) => ({ other, value: near.get(other) ?? 0 }))
    .reduce((most, one) => (one.value > most.value ? one : most), { other: 0, value: 0 });
  if (nearest.value < thresholdBeside(near, [number, nearest.other], pairing))
    return { ...groups, loose: [...groups.loose, number] };
  return grow(groups, null, { name: nearest.other, members: [nearest.other, number] }, similarity);
}

/** The similarity to a group that counts, by what the other reports reach. */
function thresholdBeside(
  near: ReadonlyMap<number, number>,
  own: readonly number[],
  { min, lift }: typeof joining,
): number {
  const inside = new Set(own);
  const values = new Float64Array(near.size);
  let count = 0;
  for (const [number, value] of near) if (!inside.has(number)) values[count++] = value;
  const others = values.subarray(0, count).sort();
  return Math.max(min, lift * (others[Math.floor(others.length * (1 - crowdShare))] ?? 0));
}

function bestGroup(
  { groups }: FailureGroups,
  number: number,
  near: ReadonlyMap<number, number>,
  similarity: MeanSimilarity,
): FailureGroup | null {
  let best: { readonly group: FailureGroup; readonly share: number } | null = null;
  for (const group of groups) {
    const mean =
      group.members.reduce((sum, member) => sum + (near.get(member) ?? 0), 0) / group.members.length;
    if (mean < joining.min) continue;
    const share = mean / thresholdBeside(similarity(group.members), [...group.members, number], joining);
    if (share >= (best?.share ?? 1)) best = { group, share };
  }
  return best?.group ?? null;
}

/** Replaces a group by the grown one, with the loose reports and the groups that are similar to all of it. */
function grow(
  groups: FailureGroups,
  was: FailureGroup | null,
  grown: FailureGroup,
  similarity: MeanSimilarity,
): FailureGroups {
  let group = grown;
  let others = groups.groups.filter((other) => other !== was);
  let loose = groups.loose.filter((number) => !group.members.includes(number));
  for (let round = 0; round < maxRounds; round++) {
    const near = similarity(group.members);
    const threshold = thresholdBeside(near, group.members, joining);
    const mean = (numbers: readonly number[]): number =>
      numbers.reduce((sum, number) => sum + (near.get(number) ?? 0), 0) / numbers.length;
    const joined = loose.filter((number) => mean([number]) >= threshold);
    const merged = others.filter(({ members }) => mean(members) >= threshold);
    if (joined.length + merged.length === 0) break;
    group = merged.reduce(merge, { ...group, members: [...group.members, ...joined] });
    loose = loose.filter((number) => !joined.includes(number));
    others = others.filter((other) => !merged.includes(other));
  }
  return { groups: [...others, group], loose };
}

/** Merges two groups under the older name. */
function merge(one: FailureGroup, other: FailureGroup): FailureGroup {
  const [first, second] = one.name < other.name ? [one, other] : [other, one];
  return {
    name: first.name,
    members: [...first.members, ...second.members],
    also: [...(first.also ?? []), second.name, ...(second.also ?? [])],
  };
}
