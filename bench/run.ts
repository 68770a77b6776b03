/**
 * `npm run bench [-- name…] [--save]`: every `*.bench.ts` here, or those named, one after the other. Each prints its figures
 * beside others' measured in the same run; below them stand those of the last release (`baseline.json`), which `--save`
 * writes anew.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';

/** By benchmark, by figure. */
type Figures = Record<string, Record<string, number>>;
type Bench = (print: (line: string) => void, note: (figure: string, value: number) => void) => Promise<void>;

const baselineFile = new URL('baseline.json', import.meta.url);
const save = process.argv.includes('--save');
const wanted = process.argv.slice(2).filter((one) => one !== '--save');
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
const baseline: Figures = JSON.parse(await readFile(baselineFile, 'utf8'));
for (const file of chosen) {
  const name = file.replace('.bench.ts', '');
  console.log(`── ${name}`);
  const { bench }: { bench: Bench } = await import(`./${file}`);
  const today: Record<string, number> = {};
  await bench(
    (line) => console.log(line),
    (figure, value) => {
      today[figure] = Number(value.toPrecision(3));
    },
  );
  for (const line of compare(today, baseline[name] ?? {})) console.log(line);
  if (Object.keys(today).length > 0) baseline[name] = today;
}
if (save) await writeFile(baselineFile, `${JSON.stringify(baseline, null, 2)}\n`);

/** Today's figures beside those of the last release. */
function compare(
  today: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): string[] {
  const rows = Object.entries(today).map(([figure, value]) => {
    const old = before[figure];
    const ratio = old === undefined || old === 0 ? '' : `${(value / old).toFixed(2)} x`;
    return [figure, String(value), old === undefined ? 'none' : String(old), ratio] as const;
  });
  if (rows.length === 0) return [];
  const head = ['', 'today', 'last release', 'today / then'] as const;
  const width = Math.max(...rows.map(([figure]) => figure.length));
  return [head, ...rows].map(
    ([figure, ...values]) =>
      `  ${figure.padEnd(width)} ${values.map((value) => value.padStart(13)).join('')}`,
  );
}
