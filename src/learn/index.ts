export {
  breakerLines,
  breakerWindow,
  type CircuitBreaker,
  circuitBreakerOf,
  refusalsIn,
} from './circuit-breaker.ts';
export { type Command, readCommands } from './commands.ts';
export { verdictsFromEvents } from './event-verdicts.ts';
export { type Asker, mayBeTold, mayOrder, type Order, readOrder, stateAfterOrder } from './orders.ts';
export { nextPoll } from './poll.ts';
export { type JudgedReport, printTrial, qualityOf, rejectionReason, type Trial } from './rejection-reason.ts';
export { readReply } from './replies.ts';
export { learnThreshold } from './threshold.ts';
export { recordVerdict, recordVerdicts, type Signal } from './verdicts.ts';
export { isHeldBack, modelSubject, type WeightedVerdict, weightedVerdicts } from './weighted-verdicts.ts';
