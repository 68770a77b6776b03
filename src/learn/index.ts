export {
  breakerLines,
  breakerWindow,
  type CircuitBreaker,
  circuitBreakerOf,
  refusalsIn,
} from './circuit-breaker.ts';
export { type Command, readCommands } from './commands.ts';
export { verdictsFromEvents } from './event-verdicts.ts';
export {
  applyInstruction,
  type Instruction,
  interpretCommand,
  isPermitted,
  type Role,
  receivesHints,
} from './instructions.ts';
export { nextPoll } from './poll.ts';
export {
  type ModelComparison,
  printTrial,
  qualityOf,
  rejectionReason,
  type ThresholdedPrediction,
} from './rejection-reason.ts';
export { readReply } from './replies.ts';
export { learnThreshold } from './threshold.ts';
export { recordVerdict, recordVerdicts, type Signal } from './verdicts.ts';
export { isHeldBack, modelSubject, type WeightedVerdict, weightedVerdicts } from './weighted-verdicts.ts';
