export { formatMissing, type Hints } from './ask.ts';
export { categorise } from './category.ts';
export { evaluateLabels, type LabelEvaluation } from './evaluate.ts';
export { findMissing, requiredItems } from './missing.ts';
export { decodeModel, encodeModel, labelModelVersion } from './model-file.ts';
export { suggestLabels } from './suggest.ts';
export { type LabelExample, type LabelModel, trainLabels } from './train.ts';
