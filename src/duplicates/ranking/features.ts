import type { StoredDocument } from '../search-index/document.ts';
import { nearness } from '../search-index/latent.ts';
import type { Query } from '../search-index/query.ts';
import { logFrequency } from '../search-index/scoring.ts';
import type { DuplicateIndex } from '../search-index/store.ts';
import { countIn, fieldCount } from '../text/analysis.ts';
import { commonPhrases } from '../text/phrases.ts';
import { compareConstructs } from './compare-constructs.ts';
import { compareTriples, toldBy, tripleFeatures } from './compare-triples.ts';

/** What is known of a candidate beside its text, as of the query's time. */
export interface Standing {
  /** Place among the candidates by score, from 0, and the score itself with that of the first. */
  readonly rank: number;
  readonly score: number;
  readonly topScore: number;
  /** How many other issues are known to be the same problem. */
  readonly known: number;
}

/** What the ranker sees of a pair. Shares are of information (see scoring.ts), 0 to 1. */
export const featureNames = [
  'score-of-best', // the retrieval score as a share of what an identical issue would have
  'score-of-top', // the same as a share of the first candidate's
  'rank',
  'title-in-title', // share of the new title that stands in the candidate's title
  'title-in-issue',
  'title-covered-title', // share of the candidate's title that stands in the new title
  'title-covered', // share of the candidate's title that stands anywhere in the new issue
  'prose-in-prose',
  'prose-covered-prose',
  'code-in-code',
  'code-covered-code',
  'errors-in-errors',
  'errors-covered-errors',
  'all-in-all',
  'all-covered-all',
  'cosine',
  'marks', // equal error lines and stack frames that are rare, not the runtime's own
  'rarest-mark',
  'marks-in-marks',
  'marks-covered-marks',
  'rarest-shared',
  'three-rarest-shared',
  'shared-terms',
  'title-pairs', // share of neighbouring words of the new title that are neighbours in the candidate's
  'title-phrase', // longest common phrase of the titles, in information
  'same-author',
  'age',
  'age-squared',
  'closed',
  'closed-for',
  'known-duplicates',
  'length',
  'length-ratio',
  'both-code',
  'both-marks', // with no equal one among them, that speaks against it
  'near', // cosines in the latent space: issue to issue, title to issue, issue to title, title to title
  'title-near-issue',
  'issue-near-title',
  'title-near-title',
  'rarest-triple', // see triples.ts
  'third-rarest-triple',
  'triples-in-triples',
  'triples-covered-triples',
  'rare-triples',
  'triples-told',
  'constructs', // see constructs.ts
  'rarest-construct',
] as const;

const day = 86_400_000;
const none = -1;
const inTitle = 1;
const markField = 4;
const inMarks = 1 << markField;

/** By counts: one bit for each field that the term stands in. */
const presence = Uint8Array.from({ length: 1 << 15 }, (_, counts) => {
  let present = 0;
  for (let field = 0; field < fieldCount; field++) if (countIn(counts, field) > 0) present |= 1 << field;
  return present;
});

/** By counts: how much a term weighs by how often it stands in an issue, wherever. */
const dampening = Float32Array.from({ length: 1 << 15 }, (_, counts) => {
  let sum = 0;
  for (let field = 0; field < fieldCount; field++) sum += countIn(counts, field);
  return 1 + Math.log(Math.max(sum, 1));
});

/** One query's side of its comparisons. */
export interface Comparison {
  readonly index: DuplicateIndex;
  readonly query: Query;
  /** Information in each field of the query. */
  readonly masses: Float64Array;
  readonly norm: number;
  readonly total: number;
  /** The title's terms in order, and the information of each. */
  readonly title: Int32Array;
  readonly titleTold: Float64Array;
  /** Information in its triples. */
  readonly triplesTold: number;
}

/**
 * Room that all comparisons share, since a table of every term for each query would be most of its cost: the
 * positions by term, of which those of the last query are taken out again, and the sums of one candidate.
 */
let positions = new Int32Array(1024).fill(none);
let placed: ArrayLike<number> = [];
/** By the set of fields that a term stands in: to be added up by field once, not term by term. */
const own = new Float64Array(1 << fieldCount);
const shared = new Float64Array(1 << fieldCount);

/** Begins a query's comparisons; those of the query before are over. */
export function compareWith(index: DuplicateIndex, query: Query): Comparison {
  clearPositions(index.table.size);
  const masses = new Float64Array(fieldCount);
  let norm = 0;
  let total = 0;
  query.terms.forEach((term, i) => {
    if (term >= 0) positions[term] = i;
    const told = query.information[i] ?? 0;
    const counts = query.counts[i] ?? 0;
    addByField(masses, presence[counts] ?? 0, told);
    if (((presence[counts] ?? 0) & inMarks) !== 0) return;
    norm += (told * (dampening[counts] ?? 0)) ** 2;
    total += told;
  });
  placed = query.terms;
  const title = Int32Array.from(query.title, (position) => query.terms[position] ?? none);
  const titleTold = Float64Array.from(query.title, (position) => query.information[position] ?? 0);
  const triplesTold = toldBy(index.tripleCounts, Math.log(index.slots.size + 1), query.triples);
  return { index, query, masses, norm: Math.sqrt(norm), total, title, titleTold, triplesTold };
}

function clearPositions(terms: number): void {
  for (let i = 0; i < placed.length; i++) {
    const term = placed[i] ?? none;
    if (term !== none) positions[term] = none;
  }
  if (positions.length < terms) positions = new Int32Array(terms * 2).fill(none);
}

/** Writes the features of one candidate into `rows` from `at` on, in the order of `featureNames`. */
export function compare(
  comparison: Comparison,
  candidate: StoredDocument,
  standing: Standing,
  rows: Float32Array,
  at: number,
): void {
  const { index, query, masses } = comparison;
  const total = Math.log(index.slots.size + 1);
  const { frequency } = index.postings;
  own.fill(0);
  // Information of the terms that stand in the same fields of both.
  shared.fill(0);
  let titleInIssue = 0;
  let titleCovered = 0;
  let sharedAll = 0;
  let ownAll = 0;
  let dot = 0;
  let norm = 0;
  let marks = 0;
  let rarestMark = 0;
  let sharedTerms = 0;
  let rarest = 0;
  let second = 0;
  let third = 0;
  const { terms, counts } = candidate;
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i] ?? 0;
    const found = counts[i] ?? 0;
    const told = total - logFrequency(frequency[term] ?? 0);
    const where = presence[found] ?? 0;
    own[where] = (own[where] ?? 0) + told;
    const position = positions[term] ?? none;
    if ((where & inMarks) !== 0) {
      if (position === none) continue;
      if (told > total / 2) marks++;
      if (told > rarestMark) rarestMark = told;
      shared[inMarks] = (shared[inMarks] ?? 0) + told;
      continue;
    }
    const weight = (dampening[found] ?? 0) * told;
    norm += weight * weight;
    ownAll += told;
    if (position === none) continue;
    const asked = query.counts[position] ?? 0;
    const wanted = presence[asked] ?? 0;
    sharedAll += told;
    sharedTerms++;
    dot += weight * (dampening[asked] ?? 0) * told;
    if ((wanted & inTitle) !== 0) titleInIssue += told;
    if ((where & inTitle) !== 0) titleCovered += told;
    const both = wanted & where;
    shared[both] = (shared[both] ?? 0) + told;
    if (told > third) {
      if (told > second) {
        third = second;
        if (told > rarest) {
          second = rarest;
          rarest = told;
        } else second = told;
      } else third = told;
    }
  }
  const titles = commonPhrases(comparison.title, comparison.titleTold, candidate.title);
  const age = Math.log1p(Math.max(0, query.createdAt - candidate.createdAt) / day);
  const closed = candidate.closedAt !== null && candidate.closedAt <= query.createdAt;
  const here = query.place;
  const there = candidate.place;
  const length = Math.log1p(terms.length);
  const ownTitle = inField(own, 0);
  let f = at;
  rows[f++] = standing.score / Math.max(query.best, 1e-9);
  rows[f++] = standing.score / Math.max(standing.topScore, 1e-9);
  rows[f++] = 1 / (1 + standing.rank);
  const sharedTitle = inField(shared, 0);
  rows[f++] = share(sharedTitle, masses[0] ?? 0);
  rows[f++] = share(titleInIssue, masses[0] ?? 0);
  rows[f++] = share(sharedTitle, ownTitle);
  rows[f++] = share(titleCovered, ownTitle);
  for (let field = 1; field < markField; field++) {
    const same = inField(shared, field);
    rows[f++] = share(same, masses[field] ?? 0);
    rows[f++] = share(same, inField(own, field));
  }
  rows[f++] = share(sharedAll, comparison.total);
  rows[f++] = share(sharedAll, ownAll);
  rows[f++] = share(dot, comparison.norm * Math.sqrt(norm));
  rows[f++] = Math.log1p(marks);
  rows[f++] = rarestMark / total;
  const sharedMarks = inField(shared, markField);
  rows[f++] = share(sharedMarks, masses[markField] ?? 0);
  rows[f++] = share(sharedMarks, inField(own, markField));
  rows[f++] = rarest / total;
  rows[f++] = (rarest + second + third) / (3 * total);
  rows[f++] = Math.log1p(sharedTerms);
  rows[f++] = share(titles.pairs, comparison.title.length - 1);
  rows[f++] = titles.phrase / total;
  rows[f++] = candidate.author === query.author ? 1 : 0;
  rows[f++] = age;
  rows[f++] = age * age;
  rows[f++] = closed ? 1 : 0;
  rows[f++] = closed ? Math.log1p((query.createdAt - (candidate.closedAt ?? 0)) / day) : 0;
  rows[f++] = Math.log1p(standing.known);
  rows[f++] = length;
  rows[f++] = length - Math.log1p(query.terms.length);
  rows[f++] = (query.lengths[2] ?? 0) > 0 && (candidate.lengths[2] ?? 0) > 0 ? 1 : 0;
  rows[f++] = (query.lengths[markField] ?? 0) > 0 && (candidate.lengths[markField] ?? 0) > 0 ? 1 : 0;
  rows[f++] = here && there ? nearness(here.issue, there.issue) : 0;
  rows[f++] = here && there ? nearness(here.title, there.issue) : 0;
  rows[f++] = here && there ? nearness(here.issue, there.title) : 0;
  rows[f++] = here && there ? nearness(here.title, there.title) : 0;
  compareTriples(
    index.tripleCounts,
    total,
    query.triples,
    comparison.triplesTold,
    candidate.triples,
    rows,
    f,
  );
  f += tripleFeatures;
  compareConstructs(index.constructCounts, query.constructs, candidate.constructs, rows, f);
}

/** What the sums of sets of fields come to in one field. */
function inField(sums: Float64Array, field: number): number {
  const bit = 1 << field;
  let sum = 0;
  for (let fields = bit; fields < sums.length; fields++) if ((fields & bit) !== 0) sum += sums[fields] ?? 0;
  return sum;
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function addByField(sums: Float64Array, present: number, told: number): void {
  for (let field = 0, left = present; left !== 0; field++, left >>= 1) {
    if ((left & 1) !== 0) sums[field] = (sums[field] ?? 0) + told;
  }
}
