export { withAsserted } from './asserted.ts';
export { announces, asClosed, candidateOf, closeGuard } from './closing.ts';
export { decide } from './decide.ts';
export { quote } from './quote.ts';
export { withRegressions } from './regression.ts';
export { refKey, resolveRoot } from './root.ts';
export { findingKey, type Situation, speakable, spokenFailure } from './situation.ts';
export { undoing } from './undo.ts';
