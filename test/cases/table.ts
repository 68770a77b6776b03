// `npm run cases`: every complaint and defect, played, as a table. Exit code 1 when one fails.
import { closeCases } from './closes.ts';
import { otherCases } from './says.ts';
import { createStage } from './stage.ts';

let failed = 0;
console.log('| number | what it is | result |\n| --- | --- | --- |');
for (const { cannot, config, coveredBy, id, options, play, what } of [...closeCases, ...otherCases]) {
  let result = cannot === undefined ? `see ${coveredBy}` : `cannot be: ${cannot}`;
  if (play !== undefined) {
    const stage = await createStage(config, options);
    try {
      await play(stage);
      result = 'passed';
    } catch (error) {
      failed += 1;
      result = `FAILED: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}`;
    } finally {
      await stage.run.stop();
    }
  }
  console.log(`| ${id} | ${what} | ${result} |`);
}
process.exitCode = failed > 0 ? 1 : 0;
