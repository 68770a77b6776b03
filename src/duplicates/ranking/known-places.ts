import { dimensions, nearness, nearnessToSum } from '../search-index/latent.ts';
import type { Query } from '../search-index/query.ts';
import { type DuplicateIndex, documentOf } from '../search-index/store.ts';
import type { Clusters } from './clusters.ts';

/** Where the known duplicates of an index lie in its latent space, added up. */
interface KnownPlaces {
  readonly index: DuplicateIndex;
  /** What the index and the clusters had been through by then. */
  readonly upheavals: number;
  readonly changes: number;
  readonly sum: Int32Array;
  count: number;
  /** So many slots of the index are in it. */
  slots: number;
}

/** Issues come one after another, links seldom: the sum is kept, and what came since is added. */
const kept = new WeakMap<Clusters, KnownPlaces>();

/** The average of so few says little. */
const fewDuplicates = 20;

/**
 * How near a query lies to known duplicates in the latent space, on average: issues of some kinds are filed again and again. 0
 * where nothing is known.
 */
export function nearDuplicates(index: DuplicateIndex, clusters: Clusters, { number, place }: Query): number {
  if (place === null) return 0;
  const { count, sum } = knownPlaces(index, clusters);
  const near = nearnessToSum(place.issue, sum);
  const own = clusters.links.has(number) ? documentOf(index, number)?.place : null;
  return own
    ? (near - nearness(place.issue, own.issue)) / (count - 1 + fewDuplicates)
    : near / (count + fewDuplicates);
}

function knownPlaces(index: DuplicateIndex, clusters: Clusters): KnownPlaces {
  const before = kept.get(clusters);
  const isSame =
    before?.index === index && before.upheavals === index.upheavals && before.changes === clusters.changes;
  const known: KnownPlaces = isSame
    ? before
    : {
        index,
        upheavals: index.upheavals,
        changes: clusters.changes,
        sum: new Int32Array(dimensions),
        count: 0,
        slots: 0,
      };
  kept.set(clusters, known);
  for (; known.slots < index.documents.length; known.slots++) {
    const document = index.documents[known.slots];
    const place = document && clusters.links.has(document.number) ? document.place : null;
    if (!place) continue;
    for (let d = 0; d < dimensions; d++) known.sum[d] = (known.sum[d] ?? 0) + (place.issue[d] ?? 0);
    known.count++;
  }
  return known;
}
