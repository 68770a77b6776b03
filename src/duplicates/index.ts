export { evaluate, type TrialResult } from './evaluation/evaluate.ts';
export { printLinks, printSummary, type Summary, summarise } from './evaluation/summary.ts';
export {
  type JudgedLink,
  judgeHistory,
  judgeVerdicts,
  type LinkVerdict,
  recalibrate,
  verdictEvents,
} from './evaluation/verdicts.ts';
export {
  applyLink,
  type Clusters,
  createClusters,
  type LinkEvent,
  membersOf,
  rootOf,
} from './ranking/clusters.ts';
export { type FindOptions, findDuplicates } from './ranking/find.ts';
export {
  type DuplicateModel,
  identityOf,
  readModel,
  type StoredModel,
  shippedModel,
  wasTaughtBy,
  writeModel,
} from './ranking/model.ts';
export { rank } from './ranking/rank.ts';
export { similarities } from './ranking/similarity.ts';
export {
  add,
  addAnalysis,
  createIndex,
  type DuplicateIndex,
  remove,
  setClosed,
  setLatent,
} from './search-index/inverted-index.ts';
export { merge } from './search-index/merge.ts';
export { createQuery } from './search-index/query.ts';
export { restore, snapshot, snapshotVersion } from './search-index/snapshot.ts';
export { type Analysis, analyse, type IndexableIssue } from './text/analysis.ts';
export { learnLatent } from './training/learn-latent.ts';
export { learnFromIndex, learnModel } from './training/learn-model.ts';
