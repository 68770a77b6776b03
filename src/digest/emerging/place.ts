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
}

export const noGroups: Groups = { groups: [], loose: [] };

/** An earlier report and how much a new one is like it, 0 to 1. */
export interface Neighbour {
  readonly number: number;
  readonly likeness: number;
}

/**
 * Measured on issues of anthropics/claude-code as cosines of `alike`: of all pairs one in two thousand reaches `pair`,
 * while reports of one failure in different words are mostly at .25 to .5 of one another.
 */
const pair = 0.3;
/** To join a group, a report has to be like all of it on average, and like one of its members more. */
const join = { mean: 0.22, nearest: 0.3 };
/** A large group is compared by the members that are most like the newcomer. */
const mostCompared = 20;

/**
 * Adds a report that no page knows. It joins the group that it is most like, else makes a group with the most similar
 * loose report, else stays loose. `neighbours` are the earlier reports most like it; what is not among them counts as
 * unlike. Adding a number again changes nothing.
 */
export function place(groups: Groups, number: number, neighbours: readonly Neighbour[]): Groups {
  if (groups.loose.includes(number) || groups.groups.some(({ members }) => members.includes(number)))
    return groups;
  const likeness = new Map(neighbours.map((neighbour) => [neighbour.number, neighbour.likeness]));
  const best = bestGroup(groups, likeness);
  if (best !== null) {
    const joined = { ...best, members: [...best.members, number] };
    return { ...groups, groups: groups.groups.map((group) => (group === best ? joined : group)) };
  }
  const nearest = groups.loose
    .map((other) => ({ other, like: likeness.get(other) ?? 0 }))
    .reduce((most, one) => (one.like > most.like ? one : most), { other: 0, like: 0 });
  if (nearest.like < pair) return { ...groups, loose: [...groups.loose, number] };
  return {
    groups: [...groups.groups, { name: nearest.other, members: [nearest.other, number] }],
    loose: groups.loose.filter((other) => other !== nearest.other),
  };
}

/** Keeps the numbers that pass; a group without any is gone. */
export function prune({ groups, loose }: Groups, keep: (number: number) => boolean): Groups {
  const kept = groups.map(({ name, members }) => ({ name, members: members.filter(keep) }));
  return { groups: kept.filter(({ members }) => members.length > 0), loose: loose.filter(keep) };
}

function bestGroup({ groups }: Groups, likeness: ReadonlyMap<number, number>): Group | null {
  let best: { readonly group: Group; readonly mean: number } | null = null;
  for (const group of groups) {
    const likes = group.members
      .map((member) => likeness.get(member) ?? 0)
      .toSorted((a, b) => b - a)
      .slice(0, mostCompared);
    const mean = likes.reduce((sum, like) => sum + like, 0) / likes.length;
    if ((likes[0] ?? 0) < join.nearest || mean < join.mean) continue;
    if (best === null || mean > best.mean) best = { group, mean };
  }
  return best?.group ?? null;
}
