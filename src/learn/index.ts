export { type Brake, brakeLooksAt, brakeOf } from './brake.ts';
export { type Command, readCommands } from './commands.ts';
export { noticeDeeds } from './notice.ts';
export { type Asker, mayBeTold, mayOrder, type Order, readOrder, remembering } from './orders.ts';
export { nextPoll } from './poll.ts';
export { readReply } from './replies.ts';
export { type Sign, witness } from './verdicts.ts';
