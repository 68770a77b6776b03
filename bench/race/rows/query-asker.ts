/**
 * A child of the query benchmark: `build <root> <scratch> <share>` makes an index of a checkout's own code
 * and saves it, `ask` reads it and prints p50 and p99 of two hundred queries in ms of CPU. Each share-th
 * issue is in the index.
 *
 * It sees `index.ts` of two rooms alone, which every commit has at the same place. Should a name in them
 * change, this is where both names are tried.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

type Duplicates = typeof import('../../../src/duplicates/index.ts');
type Report = typeof import('../../../src/report/index.ts');
type Filing = import('../../../src/duplicates/index.ts').IndexableIssue;

const [what = '', root = '', scratch = '', share = '1'] = process.argv.slice(2);
const room = (name: string): string => pathToFileURL(join(root, 'src', name, 'index.ts')).href;
const duplicates: Duplicates = await import(room('duplicates'));
const { readReport }: Report = await import(room('report'));
const file = join(scratch, 'index.snapshot');
const all = readAll(join(root, '../shared/data/rust-issues.jsonl.gz'));
if (what === 'build') build(all.slice(0, -200).filter((_, n) => n % Number(share) === 0));
else console.log(JSON.stringify(ask(all.slice(-200))));

function readAll(path: string): (() => Filing)[] {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  // Read when needed: a query's report is, the others' are in the snapshot.
  return lines.map((line) => () => {
    const { body, created_at, number, title } = JSON.parse(line);
    const report = readReport({ title, body: body ?? '' });
    return { number, author: '', createdAt: Date.parse(created_at), closedAt: null, report };
  });
}

function build(corpus: readonly (() => Filing)[]): void {
  const index = duplicates.createIndex();
  for (const filing of corpus) duplicates.add(index, filing());
  duplicates.setLatent(index, duplicates.learnLatent(index));
  writeFileSync(file, duplicates.snapshot(index));
}

/**
 * Asks all queries once to warm up, then five times over; of each query the median counts. CPU of all
 * threads, not time: on a busy machine the same code took 2.7 ms in one run and 8.9 ms in another. Rounds,
 * because bursts of other work would take in a query that is asked five times in a row.
 */
function ask(queries: readonly (() => Filing)[]): { readonly p50: number; readonly p99: number } {
  const index = duplicates.restore(readFileSync(file));
  if (index === null) throw new Error('a fresh snapshot was refused');
  // e6f8cd3 and older say prepare.
  const prepare = duplicates.createQuery ?? Reflect.get(duplicates, 'prepare');
  const model = duplicates.shippedModel();
  const clusters = duplicates.createClusters();
  const filings = queries.map((read) => read());
  const round = (): number[] =>
    filings.map((filing) => {
      const before = process.cpuUsage();
      const asked = prepare(index, duplicates.analyse(filing));
      const found = duplicates.rank(index, clusters, asked, model, 20);
      const { system, user } = process.cpuUsage(before);
      if (found.length === 0) throw new Error(`nothing was found for ${filing.number} (expected 20 answers)`);
      return (user + system) / 1_000;
    });
  round();
  const rounds = Array.from({ length: 5 }, round);
  const times = filings.map((_, n) => sorted(rounds.map((times) => times[n] ?? 0))[2] ?? 0);
  const at = (part: number): number => sorted(times)[Math.floor(times.length * part)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function sorted(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
