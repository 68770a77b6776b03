import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import MiniSearch from 'minisearch';
import {
  type Analysis,
  addAnalysis,
  analyse,
  createClusters,
  createIndex,
  createQuery,
  type DuplicateIndex,
  learnLatent,
  rank,
  restore,
  setLatent,
  shippedModel,
  snapshot,
} from '../src/duplicates/index.ts';
import { readReport } from '../src/report/index.ts';
import { synthesise, type Texts } from './duplicates-synthetic.ts';

const data = new URL('../../shared/data/rust-issues.jsonl.gz', import.meta.url);
const syntheticIssues = 95_000;
/** MiniSearch takes most of a second for a whole body. */
const slowQueries = 20;

interface Issue extends Texts {
  readonly number: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type Print = (line: string) => void;
type Note = (figure: string, value: number) => void;

/**
 * Speed and size of the duplicate index beside MiniSearch and SQLite FTS5: same issues, whole bodies asked.
 */
export async function bench(print: Print, note: Note): Promise<void> {
  if (!existsSync(data)) {
    print('duplicates: skipped, ../shared/data/rust-issues.jsonl.gz is absent');
    return;
  }
  const issues = readIssues();
  const corpus = issues.slice(0, -200);
  const queries = issues.slice(-200);
  print(`duplicates: ${corpus.length} issues, ${queries.length} queries of whole issues, 20 answers`);

  const index = benchBuilding(corpus, print, note);
  const quarter = build(corpus.filter((_, i) => i % 4 === 0).map(toAnalysis));
  const [ours, small, fts] = inTurn(queries, [asker(index), asker(quarter), ftsAsker(corpus)]);
  print(`  Signpost, ranked     ${show(ours)}`);
  print(`  SQLite FTS5, bm25    ${show(fts)} = ${(fts.p50 / ours.p50).toFixed(1)} x`);
  const [few, mini] = inTurn(queries.slice(-slowQueries), [asker(index), miniSearchAsker(corpus)]);
  print(
    `  MiniSearch defaults  ${show(mini)} = ${(mini.p50 / few.p50).toFixed(0)} x ` +
      `on ${slowQueries} of the queries`,
  );
  print(
    `  a quarter of them    ${show(small)}; ` +
      `four times the issues cost ${(ours.p50 / small.p50).toFixed(2)} x at p50`,
  );
  note('query p50, ms', ours.p50);
  note('query p99, ms', ours.p99);
  note('SQLite FTS5 beside ours, p50', fts.p50 / ours.p50);
  note('MiniSearch beside ours, p50', mini.p50 / few.p50);
  note('four times the issues, p50', ours.p50 / small.p50);
  benchSynthetic(corpus, queries, print, note);
}

function readIssues(): Issue[] {
  const lines = gunzipSync(readFileSync(data)).toString().trim().split('\n');
  return lines.map((line) => {
    const { number, title, body, created_at } = JSON.parse(line);
    return { number, title, body: body ?? '', createdAt: Date.parse(created_at) };
  });
}

function toAnalysis({ number, title, body, createdAt }: Issue): Analysis {
  return analyse({ number, author: '', createdAt, closedAt: null, report: readReport({ title, body }) });
}

/** An index with all that the ranker needs. */
function build(analyses: readonly Analysis[]): DuplicateIndex {
  const index = createIndex();
  for (const analysis of analyses) addAnalysis(index, analysis);
  setLatent(index, learnLatent(index));
  return index;
}

function benchBuilding(corpus: readonly Issue[], print: Print, note: Note): DuplicateIndex {
  const reports = corpus.map(({ number, title, body, createdAt }) => ({
    filing: { number, author: '', createdAt, closedAt: null, report: readReport({ title, body }) },
  }));
  const bytes = snapshotOf(reports.map(({ filing }) => analyse(filing)));
  const before = memory();
  const start = performance.now();
  const index = restore(bytes);
  const restoring = performance.now() - start;
  if (index === null) throw new Error('a fresh snapshot was refused');
  const used = memory() - before;
  note('index in memory, MiB', used / 2 ** 20);
  note('snapshot, MiB', bytes.length / 2 ** 20);
  note('restoring, ms', restoring);
  print(
    `  index in memory      ${mib(used)}, snapshot ${mib(bytes.length)}, ` +
      `restored in ${restoring.toFixed(0)} ms`,
  );
  const again = createIndex(index.latent);
  const adding = reports.map(({ filing }) => time(() => addAnalysis(again, analyse(filing))));
  note('adding an issue p50, ms', percentiles(adding).p50);
  print(`  adding an issue      ${show(percentiles(adding))}`);
  return index;
}

/** On its own, so that nothing of the first index is left when the second is measured. */
function snapshotOf(analyses: readonly Analysis[]): Uint8Array {
  return snapshot(build(analyses));
}

/** Asks for one whole issue; what is done before the clock starts is in the function that returns it. */
type Asker = (issue: Issue) => () => unknown;

/**
 * Times each asker on each query, one asker after the other, so that all see the same load of the machine.
 * Each query is asked once to warm up and then three times, of which the median counts: what other work on
 * the machine adds by chance is left out for all alike.
 */
function inTurn<T extends readonly [Asker, ...Asker[]]>(queries: readonly Issue[], askers: T) {
  const times = askers.map((): number[] => []);
  for (const query of queries) {
    askers.forEach((asker, i) => {
      const ask = asker(query);
      ask();
      const asked = [time(ask), time(ask), time(ask)].toSorted((a, b) => a - b);
      times[i]?.push(asked[1] ?? 0);
    });
  }
  return times.map(percentiles) as { [K in keyof T]: Percentiles };
}

/** The parsed report is given, as it is in the App; taking it apart into terms is part of the query. */
function asker(index: DuplicateIndex): Asker {
  const model = shippedModel();
  const clusters = createClusters();
  return ({ number, title, body, createdAt }) => {
    const filing = { number, author: '', createdAt, closedAt: null, report: readReport({ title, body }) };
    return () => rank(index, clusters, createQuery(index, analyse(filing)), model, 20);
  };
}

function miniSearchAsker(corpus: readonly Issue[]): Asker {
  const mini = new MiniSearch<Issue>({ idField: 'number', fields: ['title', 'body'] });
  mini.addAll(corpus);
  return ({ title, body }) =>
    () =>
      mini.search(`${title} ${body}`).slice(0, 20);
}

function ftsAsker(corpus: readonly Issue[]): Asker {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE issues USING fts5(title, body, tokenize = 'porter unicode61')");
  const insert = database.prepare('INSERT INTO issues (rowid, title, body) VALUES (?, ?, ?)');
  database.transaction(() => {
    for (const { number, title, body } of corpus) insert.run(number, title, body);
  })();
  const select = database.prepare(
    'SELECT rowid FROM issues WHERE issues MATCH ? ORDER BY bm25(issues) LIMIT 20',
  );
  return ({ title, body }) => {
    const words = new Set(`${title} ${body}`.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
    const match = [...words].map((word) => `"${word}"`).join(' OR ');
    return () => select.all(match);
  };
}

function benchSynthetic(corpus: readonly Issue[], queries: readonly Issue[], print: Print, note: Note): void {
  const before = memory();
  const index = createIndex();
  let number = 0;
  for (const texts of synthesise(corpus, syntheticIssues)) {
    addAnalysis(index, toAnalysis({ ...texts, number: --number, createdAt: 0 }));
  }
  const start = performance.now();
  setLatent(index, learnLatent(index));
  const learning = (performance.now() - start) / 1000;
  const used = memory() - before;
  const [asked] = inTurn(queries, [asker(index)]);
  note('95,000 synthetic p50, ms', asked.p50);
  note('95,000 synthetic p99, ms', asked.p99);
  note('95,000 synthetic, MiB', used / 2 ** 20);
  print(
    `  ${syntheticIssues} synthetic     ${show(asked)}, ${mib(used)}, ` +
      `latent space in ${learning.toFixed(0)} s`,
  );
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function show({ p50, p99 }: Percentiles): string {
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
}

/** Bytes in use; steady only where the collector can be called (node --expose-gc). */
function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
