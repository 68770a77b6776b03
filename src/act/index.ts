export { type Applied, apply, disowned, type Hands } from './apply.ts';
export { mark, readMarker } from './marker.ts';
export { type Current, findOurs, isOurs, reconcile, type Step } from './reconcile.ts';
