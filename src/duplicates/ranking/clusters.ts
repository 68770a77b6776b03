/** What happened to a duplicate link. `at` is in epoch milliseconds; events are applied in order of time. */
export type LinkEvent =
  | { readonly kind: 'marked'; readonly number: number; readonly of: number; readonly at: number }
  /** Somebody took the mark back: with `of` that link only, without it whatever the issue points to. */
  | { readonly kind: 'unmarked'; readonly number: number; readonly of?: number; readonly at: number }
  /** A duplicate that is open again is its own issue, until it is marked again. */
  | { readonly kind: 'reopened'; readonly number: number; readonly at: number };

/** Which issues are one problem. Each duplicate points to one other issue; what they lead to is the root. */
export interface Clusters {
  /** By duplicate: the issue that it was last marked as a duplicate of. */
  readonly links: Map<number, number>;
  /** By target: those that point to it, at least one. */
  readonly duplicates: Map<number, Set<number>>;
  /** How many events were applied. */
  revision: number;
}

export function createClusters(events: readonly LinkEvent[] = []): Clusters {
  const clusters: Clusters = { links: new Map(), duplicates: new Map(), revision: 0 };
  for (const event of [...events].sort((a, b) => a.at - b.at)) applyLink(clusters, event);
  return clusters;
}

/** Applies one event; a mark of an issue as its own duplicate is ignored. */
export function applyLink(clusters: Clusters, event: LinkEvent): void {
  const { links, duplicates: pointing } = clusters;
  clusters.revision++;
  const before = links.get(event.number);
  if (event.kind === 'marked') {
    if (event.of === event.number) return;
    unlink(clusters, event.number);
    links.set(event.number, event.of);
    const others = pointing.get(event.of) ?? new Set();
    pointing.set(event.of, others.add(event.number));
  } else if (event.kind === 'reopened' || event.of === undefined || event.of === before) {
    unlink(clusters, event.number);
  }
}

function unlink({ links, duplicates: pointing }: Clusters, number: number): void {
  const target = links.get(number);
  if (target === undefined) return;
  links.delete(number);
  const others = pointing.get(target);
  others?.delete(number);
  if (others?.size === 0) pointing.delete(target);
}

/** The share of threads with known duplicates among all threads of so many issues. */
export function knownShare({ links, duplicates: pointing }: Clusters, issues: number): number {
  return Math.min(1, pointing.size / Math.max(issues - links.size, 1));
}

/** The issue that a chain of links ends at; of a chain that runs in a circle, the circle's lowest number. */
export function rootOf(clusters: Clusters, number: number): number {
  if (!clusters.links.has(number)) return number;
  const seen = new Set<number>();
  let at = number;
  while (!seen.has(at)) {
    seen.add(at);
    const next = clusters.links.get(at);
    if (next === undefined) return at;
    at = next;
  }
  // `at` is on the circle: once around it.
  let lowest = at;
  for (
    let next = clusters.links.get(at);
    next !== undefined && next !== at;
    next = clusters.links.get(next)
  ) {
    lowest = Math.min(lowest, next);
  }
  return lowest;
}

/** Every issue of the same problem, the issue itself included, lowest number first. */
export function membersOf(clusters: Clusters, number: number): number[] {
  if (!clusters.links.has(number) && !clusters.duplicates.has(number)) return [number];
  const members = new Set([rootOf(clusters, number)]);
  // A set visits what is added while it is walked.
  for (const member of members) {
    for (const other of clusters.duplicates.get(member) ?? []) members.add(other);
    const target = clusters.links.get(member);
    if (target !== undefined) members.add(target);
  }
  return [...members].sort((a, b) => a - b);
}
