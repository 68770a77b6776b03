import type { SampleTest } from '../knowledge/index.ts';
import { compile, sampleIssue } from '../match/index.ts';
import { readReport } from '../report/index.ts';

/** Whether a signature's rules hit a sample's text. */
export const samplesHit: SampleTest = (signature) => {
  const matcher = compile([signature]);
  return (sample) => matcher(readReport(sampleIssue(sample))).hits.length > 0;
};
