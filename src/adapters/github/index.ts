export type { Gate } from './call.ts';
export { connect } from './connect.ts';
