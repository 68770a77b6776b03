export { evaluate, type TrialResult } from './evaluation/evaluate.ts';
export {
  eventsOf,
  type JudgedLink,
  judgePast,
  judgeSaid,
  recalibrate,
  type SaidLink,
} from './evaluation/said.ts';
export { printLinks, printSummary, type Summary, summarise } from './evaluation/summary.ts';
export { alike } from './ranking/alike.ts';
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
  readModel,
  type StoredModel,
  shippedModel,
  wasTaughtBy,
  writeModel,
} from './ranking/model.ts';
export { rank } from './ranking/rank.ts';
export { merge } from './search-index/merge.ts';
export { prepare } from './search-index/query.ts';
export { restore, snapshot, snapshotVersion } from './search-index/snapshot.ts';
export {
  add,
  addAnalysis,
  createIndex,
  type DuplicateIndex,
  remove,
  setClosed,
  setLatent,
} from './search-index/store.ts';
export { type Analysis, analyse, type Filing } from './text/analysis.ts';
export { learnLatent } from './training/learn-latent.ts';
export { relearn, teach } from './training/relearn.ts';
