import { cosine, cosineSum, dimensions } from '../search-index/embedding.ts';
import { type DuplicateIndex, documentOf } from '../search-index/inverted-index.ts';
import type { Query } from '../search-index/query.ts';
import type { Clusters } from './clusters.ts';

/** The embeddings of the known duplicates in an index, added up. */
interface EmbeddingSum {
  readonly index: DuplicateIndex;
  /** The revisions of the index and of the clusters that it is of. */
  readonly indexRevision: number;
  readonly clustersRevision: number;
  readonly sum: Int32Array;
  count: number;
  /** So many slots of the index are in it. */
  slots: number;
}

/** Issues come one after another, links seldom: the sum is kept, and what came since is added. */
const sums = new WeakMap<Clusters, EmbeddingSum>();

/** So many duplicates without any likeness are averaged in: the average of a few says little. */
const smoothing = 20;

/**
 * How near a query lies to the known duplicates in the latent space, on average: issues of some kinds are
 * filed again and again. 0 where nothing is known.
 */
export function proximityToKnown(
  index: DuplicateIndex,
  clusters: Clusters,
  { embedding, number, view: { excluded } }: Query,
): number {
  if (embedding === null) return 0;
  let { count, sum } = embeddingSum(index, clusters);
  // Whole numbers: to subtract one is the same as never to have added it.
  const hidden = excluded !== null && clusters.links.has(excluded.number) ? excluded.embedding : null;
  if (hidden !== null) {
    sum = sum.map((value, d) => value - hidden.issue[d]!);
    count--;
  }
  const proximity = cosineSum(embedding.issue, sum);
  const isHidden = excluded?.number === number;
  const own = !isHidden && clusters.links.has(number) ? documentOf(index, number)?.embedding : null;
  return own
    ? (proximity - cosine(embedding.issue, own.issue)) / (count - 1 + smoothing)
    : proximity / (count + smoothing);
}

function embeddingSum(index: DuplicateIndex, clusters: Clusters): EmbeddingSum {
  const before = sums.get(clusters);
  const isCurrent =
    before?.index === index &&
    before.indexRevision === index.revision &&
    before.clustersRevision === clusters.revision;
  const known = isCurrent ? before : emptySum(index, clusters);
  sums.set(clusters, known);
  for (; known.slots < index.documents.length; known.slots++) {
    const document = index.documents[known.slots];
    const embedding = document && clusters.links.has(document.number) ? document.embedding : null;
    if (!embedding) continue;
    for (let d = 0; d < dimensions; d++) known.sum[d]! += embedding.issue[d]!;
    known.count++;
  }
  return known;
}

function emptySum(index: DuplicateIndex, clusters: Clusters): EmbeddingSum {
  return {
    index,
    indexRevision: index.revision,
    clustersRevision: clusters.revision,
    sum: new Int32Array(dimensions),
    count: 0,
    slots: 0,
  };
}
