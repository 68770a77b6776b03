export {
  adjustmentsVersion,
  learnAdjustment,
  readAdjustments,
  type Spoken,
  writeAdjustments,
} from './adjust.ts';
export { type BackgroundReport, readBackground, writeBackground } from './background.ts';
export { backtest, backtestMarkdown, backtestTable, type Pages } from './backtest.ts';
export { featuresOf } from './features.ts';
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
export { type Learned, type Lesson, learn, pageLessons } from './train.ts';
export { createTrainer } from './trainer.ts';
export { featuresOfSample, oddsOfSample, trainingSampleOf } from './training-sample.ts';
