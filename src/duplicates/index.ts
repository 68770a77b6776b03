export { alike } from './alike.ts';
export { type Analysis, analyse, type Filing } from './analysis.ts';
export { applyLink, type Clusters, createClusters, type LinkEvent, membersOf, rootOf } from './clusters.ts';
export { evaluate, type TrialResult } from './evaluate.ts';
export { type FindOptions, findDuplicates } from './find.ts';
export { learnLatent } from './latent.ts';
export { merge } from './merge.ts';
export {
  type DuplicateModel,
  readModel,
  type StoredModel,
  shippedModel,
  wasTaughtBy,
  writeModel,
} from './model.ts';
export { prepare } from './query.ts';
export { rank } from './rank.ts';
export { relearn, teach } from './relearn.ts';
export { eventsOf, type JudgedLink, judgePast, judgeSaid, recalibrate, type SaidLink } from './said.ts';
export { restore, snapshot, snapshotVersion } from './snapshot.ts';
export { add, addAnalysis, createIndex, type DuplicateIndex, remove, setClosed, setLatent } from './store.ts';
export { printLinks, printSummary, type Summary, summarise } from './summary.ts';
