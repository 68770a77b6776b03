// Learns the shipped weights of the duplicate ranker from the older issues of the tracker in ../shared/data,
// and writes them beside the ranker. Usage: node bench/build-duplicates-model.ts
import { readFile, writeFile } from 'node:fs/promises';
import { readClusters, readIssues } from '../src/cli/input/read-issues.ts';
import { createIo } from '../src/cli/io.ts';
import { evaluate } from '../src/duplicates/index.ts';
import { writeShipped } from '../src/duplicates/ranking/model.ts';

/** Issues from here on are for judging. */
const until = 17_600;
const target = 'src/duplicates/shipped-model.json';

const io = createIo();
const all = await readIssues('../shared/data/rust-issues.jsonl.gz', io);
const clusters = await readClusters('../shared/data/rust-duplicates.json', all, io);
const issues = [...all.values()].filter(({ number }) => number < until);
/** Pairs that were read: issue, earlier issue, how surely they are the same problem. */
const readPairs: [number, number, number][] = JSON.parse(
  await readFile('bench/duplicates-read.json', 'utf8'),
);
const read = new Map(readPairs.map(([number, earlier, same]) => [`${number} ${earlier}`, same]));
const { model } = evaluate({
  shipped: null,
  readPairs: (number, earlier) => read.get(`${number} ${earlier}`),
  issues,
  clusters: clusters.map((cluster) => cluster.filter((number) => number < until)),
  from: until,
  trainUntil: until,
  tooFew: () => {
    throw new Error('too few duplicates');
  },
  now: () => performance.now(),
  progress: (done) => {
    if (done % 1000 === 0) io.stderr(`${done} issues\n`);
  },
});
const sampleIssues = issues
  .filter((_, i) => i % 500 === 0)
  .map(({ number, createdAt }) => [number, createdAt] as const);
const brief = JSON.stringify(writeShipped({ ...model, sampleIssues }), (_, value) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value,
);
await writeFile(target, `${brief}\n`);
io.stdout(`${target}: ${brief.length} bytes, learned from issues below ${model.trainedUntil}\n`);
