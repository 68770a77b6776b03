export { type ApplyPorts, type ApplyResult, afterCommentDeleted, apply } from './apply.ts';
export { addMarker, readMarker } from './marker.ts';
export { type CurrentIssue, findOwnComment, isOwnComment, reconcile, type Step } from './reconcile.ts';
