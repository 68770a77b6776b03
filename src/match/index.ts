export {
  adjustmentsVersion,
  type LabelledSample,
  learnAdjustment,
  readAdjustments,
  writeAdjustments,
} from './adjust.ts';
export { type BackgroundReport, readBackground, writeBackground } from './background.ts';
export { backtest, backtestMarkdown, backtestTable, type Pages } from './backtest.ts';
export { featureIds } from './features.ts';
export { compile, type Matcher } from './matcher.ts';
export { type LabelledReport, type Measurement, measure } from './measure.ts';
export { modelKey, readModel, writeModel } from './model.ts';
export {
  type Adjustments,
  adjustment,
  createRecogniser,
  logOddsOf,
  probabilityAt,
  type Recogniser,
  recognise,
} from './recognise.ts';
export { sampleIssue } from './samples.ts';
export { pageExamples, type TrainedModels, type TrainingExample, trainModels } from './train.ts';
export { createTrainer } from './trainer.ts';
export { featuresOfSample, scoreInputsOfSample, trainingSampleOf } from './training-sample.ts';
