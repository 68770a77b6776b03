/** Reports that no page knows, as far as they are like one another. Numbers only: it may be kept as it is. */
export interface Groups {
  readonly groups: readonly Group[];
  /** Reports that are like no other yet. */
  readonly loose: readonly number[];
}

export interface Group {
  /** The number of its first report; it stays when that report is forgotten. */
  readonly name: number;
  readonly members: readonly number[];
  /** Names of groups that turned out to be this one. */
  readonly also?: readonly number[];
}

export const noGroups: Groups = { groups: [], loose: [] };

/** How much every report of the repository is like some of them on average, 0 to 1, by number. */
export type Likeness = (numbers: readonly number[]) => ReadonlyMap<number, number>;

/**
 * What a report has to reach, as cosines of `similarities`: at least so much, and so many times what one in twenty of
 * the other reports of the repository reaches. The second keeps apart what shares no more than a topic that everybody writes about.
 * Measured on 700 issues of anthropics/claude-code and nine families of 25 reports of one failure.
 */
const joining = { least: 0.1, lift: 2.5 };
/** One report says less than several: two make a group only when they are closer. */
const pairing = { least: 0.2, lift: 3.5 };
const crowd = 0.05;
/** A newcomer may bring loose reports with it, and they others. */
const rounds = 3;

/**
 * Adds a report that no page knows. It joins the group that it is most like, else makes a group with the most similar
 * loose report, else stays loose. A group that grew takes in the loose reports and groups that are like it as well.
 * Adding a number again changes nothing.
 */
export function place(groups: Groups, number: number, likeness: Likeness): Groups {
  if (groups.loose.includes(number) || groups.groups.some(({ members }) => members.includes(number)))
    return groups;
  const near = likeness([number]);
  const best = bestGroup(groups, number, near, likeness);
  if (best !== null) return grow(groups, best, { ...best, members: [...best.members, number] }, likeness);
  const nearest = groups.loose
    .map((other) => ({ other, like: near.get(other) ?? 0 }))
    .reduce((most, one) => (one.like > most.like ? one : most), { other: 0, like: 0 });
  if (nearest.like < bar(near, [number, nearest.other], pairing))
    return { ...groups, loose: [...groups.loose, number] };
  return grow(groups, null, { name: nearest.other, members: [nearest.other, number] }, likeness);
}

/** Keeps the numbers that pass; a group without any is gone. */
export function prune({ groups, loose }: Groups, keep: (number: number) => boolean): Groups {
  const kept = groups.map((group) => ({ ...group, members: group.members.filter(keep) }));
  return { groups: kept.filter(({ members }) => members.length > 0), loose: loose.filter(keep) };
}

/** What has to be reached beside a group, by what the others reach. */
function bar(
  near: ReadonlyMap<number, number>,
  own: readonly number[],
  { least, lift }: typeof joining,
): number {
  const inside = new Set(own);
  const likes = new Float64Array(near.size);
  let count = 0;
  for (const [number, like] of near) if (!inside.has(number)) likes[count++] = like;
  const others = likes.subarray(0, count).sort();
  return Math.max(least, lift * (others[Math.floor(others.length * (1 - crowd))] ?? 0));
}

function bestGroup(
  { groups }: Groups,
  number: number,
  near: ReadonlyMap<number, number>,
  likeness: Likeness,
): Group | null {
  let best: { readonly group: Group; readonly share: number } | null = null;
  for (const group of groups) {
    const mean =
      group.members.reduce((sum, member) => sum + (near.get(member) ?? 0), 0) / group.members.length;
    if (mean < joining.least) continue;
    const share = mean / bar(likeness(group.members), [...group.members, number], joining);
    if (share >= (best?.share ?? 1)) best = { group, share };
  }
  return best?.group ?? null;
}

/** Puts a group in the place of what it was, with the loose reports and the groups that are like all of it. */
function grow(groups: Groups, was: Group | null, grown: Group, likeness: Likeness): Groups {
  let group = grown;
  let others = groups.groups.filter((other) => other !== was);
  let loose = groups.loose.filter((number) => !group.members.includes(number));
  for (let round = 0; round < rounds; round++) {
    const near = likeness(group.members);
    const least = bar(near, group.members, joining);
    const like = (numbers: readonly number[]): number =>
      numbers.reduce((sum, number) => sum + (near.get(number) ?? 0), 0) / numbers.length;
    const joined = loose.filter((number) => like([number]) >= least);
    const merged = others.filter(({ members }) => like(members) >= least);
    if (joined.length + merged.length === 0) break;
    group = merged.reduce(merge, { ...group, members: [...group.members, ...joined] });
    loose = loose.filter((number) => !joined.includes(number));
    others = others.filter((other) => !merged.includes(other));
  }
  return { groups: [...others, group], loose };
}

/** The older name stays. */
function merge(one: Group, other: Group): Group {
  const [first, second] = one.name < other.name ? [one, other] : [other, one];
  return {
    name: first.name,
    members: [...first.members, ...second.members],
    also: [...(first.also ?? []), second.name, ...(second.also ?? [])],
  };
}
