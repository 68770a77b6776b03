// Trains the models of a pack and writes `model.json` beside its pages, and the pages as read in `pages.json`. Usage: npm run build-model [-- <pack folder>]
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { writeBuiltPages } from '../src/adapters/packs/built-pages.ts';
import { readPages } from '../src/cli/input/read-pages.ts';
import { createIo } from '../src/cli/io.ts';
import {
  featureIds,
  modelKey,
  pageExamples,
  readBackground,
  trainModels,
  writeModel,
} from '../src/match/index.ts';
import { readReport } from '../src/report/index.ts';

const folder = process.argv[2] ?? 'signatures/claude-code';
const [pages] = await readPages([folder], createIo());
const signatures = pages?.signatures ?? [];
const background = readBackground(await readFile(`${folder}/background.bin`));
const lessons = signatures.flatMap((signature) =>
  pageExamples(signature, (issue) => featureIds(readReport(issue))),
);
const start = performance.now();
const learned = trainModels(
  signatures.map(({ id }) => id),
  lessons,
  background.map(({ features }) => features),
);
await writeFile(`${folder}/model.json`, writeModel(learned, modelKey(signatures)));
const names = (await readdir(folder)).filter((name) => name.endsWith('.md') || name === 'pack.yml');
const files = await Promise.all(
  names.map(async (path) => ({ path, bytes: await readFile(`${folder}/${path}`) })),
);
if (pages !== undefined) await writeBuiltPages(folder, files, pages);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`${folder}/model.json: ${signatures.length} signatures, ${lessons.length} lessons, ${seconds} s`);
