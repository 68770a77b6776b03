/**
 * `npm run bench [-- name…]`: every `*.bench.ts` here, or those named, one after the other. Each prints its figures beside its
 * baselines, measured in the same run.
 */
import { readdir } from 'node:fs/promises';

const wanted = process.argv.slice(2);
const files = (await readdir(new URL('.', import.meta.url)))
  .filter((name) => name.endsWith('.bench.ts'))
  .sort();
const chosen = files.filter(
  (file) => wanted.length === 0 || wanted.some((name) => file === `${name}.bench.ts`),
);
if (chosen.length === 0) {
  console.error(
    `bench: no such benchmark (expected ${files.map((file) => file.replace('.bench.ts', '')).join(', ')})`,
  );
  process.exit(2);
}
for (const file of chosen) {
  console.log(`── ${file.replace('.bench.ts', '')}`);
  const { bench }: { bench: (print: (line: string) => void) => Promise<void> } = await import(`./${file}`);
  await bench((line) => console.log(line));
}
