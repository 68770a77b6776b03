export { withAsserted } from './asserted.ts';
export { announces, asClosed, candidateOf, closeGuard } from './closing.ts';
export { decide } from './decide.ts';
export { quote } from './quote.ts';
export { withRegressions } from './regression.ts';
export { refKey, resolveRoot } from './root.ts';
export { findingKey, type Situation, speakable, spokenFailure, spokenRoot } from './situation.ts';
export { tallyKey } from './tally.ts';
export { undoing } from './undo.ts';
