export { type Applied, type ApplyPorts, afterCommentDeleted, apply } from './apply.ts';
export { mark, readMarker } from './marker.ts';
export { type Current, findOwnComment, isOwnComment, reconcile, type Step } from './reconcile.ts';
