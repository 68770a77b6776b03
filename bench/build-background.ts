// Makes `background.bin` of a pack from a file of ordinary issues: hashed features of each report, no text.
// Usage: npm run build-background [-- <issues.jsonl[.gz]> <pack folder>]
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { featureIds, writeBackground } from '../src/match/index.ts';
import { readReport } from '../src/report/index.ts';

const [issues = '../shared/data/claude-code-issues.jsonl.gz', folder = 'signatures/claude-code'] =
  process.argv.slice(2);

const bytes = await readFile(issues);
const text = (issues.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
const reports = text
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const { number, title, body } = JSON.parse(line) as {
      number: number;
      title: string;
      body: string | null;
    };
    return { number, features: featureIds(readReport({ title, body })) };
  })
  .toSorted((a, b) => a.number - b.number);
await writeFile(`${folder}/background.bin`, writeBackground(reports));
console.log(`${folder}/background.bin: ${reports.length} reports`);
