import type { LabelExample } from '../../classify/index.ts';
import { add, createClusters, createIndex, merge, restore, snapshot } from '../../duplicates/index.ts';
import type { HistoryPage, PastIssue } from '../../model/history.ts';
import type { Compute } from '../../ports/compute.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Store } from '../../ports/store.ts';
import { readReport, redactText } from '../../report/index.ts';
import { emptyHistory, type RepositoryHistory } from '../../repository/history.ts';
import { readTemplateFiles } from '../../repository/read-repository.ts';
import { clearBlob, readBlob, readState, writeBlob, writeState } from '../../repository/state/entry.ts';
import { syncPageIndex, syncPageMarks, syncProgress } from '../../repository/state/sync-state.ts';
import type { JobContext } from '../context.ts';
import { learnHistory } from './learn-history.ts';

/** Issues from which labels are learned: the newest, because habits change. */
const examplesKept = 800;
/** Fewer labelled issues teach nothing. */
const examplesNeeded = 200;

export interface SyncPorts {
  readonly store: Store;
  readonly github: GitHub;
  /** What is learned at the end takes up to a minute of a processor. */
  readonly compute: Compute;
  /** After each page: issues read, issues in all. */
  readonly progress?: (read: number, total: number) => void;
  /** What is known so far, after each page: useful before the end, newest first. */
  readonly useful?: (history: RepositoryHistory) => void;
  readonly signal?: AbortSignal;
}

/** An issue from which labels are learned. */
interface Labelled extends LabelExample {
  readonly number: number;
}

/**
 * Reads every issue of a repository with its duplicate marks, a hundred a call, newest first, and resumes where it was
 * stopped. Text is redacted before it is taken apart, and what the templates ask left out; what is kept is what the index
 * needs. Null when it was interrupted.
 */
export async function sync(repository: string, ports: SyncPorts): Promise<RepositoryHistory | null> {
  const { compute, github, progress, signal, store, useful } = ports;
  const history = emptyHistory();
  const examples: Labelled[] = [];
  let journey = await readState(store, syncProgress, repository);
  if (journey.done) journey = syncProgress.default;
  const templates = journey.templates ?? (await readTemplateFiles(repository, github));
  history.templates = templates;
  const resumed = journey.pages > 0;
  for (let page = 0; page < journey.pages; page += 1) await restorePage(repository, page, store, history);
  const ours = await ownLabels(repository, store);
  while (!journey.done) {
    if (signal?.aborted === true) return null;
    const { issues, next, total } = await github.history(repository, journey.next);
    const small = createIndex();
    for (const issue of issues) {
      const clean = await redacted(issue);
      const report = readReport(clean, templates);
      add(small, { ...clean, report });
      const labels = labelsOfPeople(issue, ours);
      if (examples.length < examplesKept && labels.length > 0)
        examples.push({ number: issue.number, report, labels });
    }
    const marks = issues.flatMap((issue) => issue.marks);
    const page = { repository, page: journey.pages };
    await writeBlob(store, syncPageIndex, page, snapshot(small));
    await writeState(store, syncPageMarks, page, marks);
    journey = { templates, pages: journey.pages + 1, next, done: next === null };
    await writeState(store, syncProgress, repository, journey);
    merge(history.index, small);
    history.links.push(...marks);
    history.clusters = createClusters(history.links);
    progress?.(history.index.slots.size, total);
    useful?.(history);
  }
  const meanwhile = await ownLabels(repository, store);
  const taught = examples
    .map((example) => ({ ...example, labels: labelsOfPeople(example, meanwhile) }))
    .filter(({ labels }) => labels.length > 0);
  if (resumed && taught.length < examplesNeeded)
    taught.push(...(await readExamples(repository, github, templates, meanwhile)));
  const learned = await learnHistory(history, taught.length < examplesNeeded ? [] : taught, compute);
  await clearPages(repository, journey.pages, store);
  return learned;
}

/** Without the credentials that people posted. */
async function redacted(issue: PastIssue): Promise<PastIssue> {
  return { ...issue, title: await redactText(issue.title), body: await redactText(issue.body) };
}

/** A sync that was resumed near its end has seen few of the newest: their pages are read once more. */
async function readExamples(
  repository: string,
  github: GitHub,
  templates: readonly string[],
  ours: ReadonlyMap<number, readonly string[]>,
): Promise<Labelled[]> {
  const examples: Labelled[] = [];
  let after: string | null = null;
  do {
    const { issues, next }: HistoryPage = await github.history(repository, after);
    for (const issue of issues) {
      const labels = labelsOfPeople(issue, ours);
      if (labels.length === 0) continue;
      examples.push({ number: issue.number, report: readReport(await redacted(issue), templates), labels });
    }
    after = next;
  } while (after !== null && examples.length < examplesNeeded);
  return examples;
}

/** What Signpost has set, by issue: it must not learn from itself. */
async function ownLabels(
  repository: string,
  store: Pick<Store, 'issueStates'>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const states = await store.issueStates(repository);
  return new Map(states.map(({ number, labels }) => [number, labels.added]));
}

function labelsOfPeople(
  { labels, number }: Pick<PastIssue, 'labels' | 'number'>,
  ours: ReadonlyMap<number, readonly string[]>,
): readonly string[] {
  const own = new Set(ours.get(number)?.map((label) => label.toLowerCase()));
  return own.size === 0 ? labels : labels.filter((label) => !own.has(label.toLowerCase()));
}

async function restorePage(
  repository: string,
  page: number,
  store: Store,
  history: RepositoryHistory,
): Promise<void> {
  const bytes = await readBlob(store, syncPageIndex, { repository, page });
  const small = bytes === null ? null : restore(bytes);
  if (small !== null) merge(history.index, small);
  history.links.push(...(await readState(store, syncPageMarks, { repository, page })));
}

/** What was read stands in the index from now on; kept here as well, it would outlive an issue that is deleted. */
async function clearPages(repository: string, pages: number, store: Store): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    await clearBlob(store, syncPageIndex, { repository, page });
    await writeState(store, syncPageMarks, { repository, page }, []);
  }
}

export async function syncRepository({ github, services: ports, row }: JobContext): Promise<void> {
  const { clock, compute, log, histories, store } = ports;
  const { repository } = row;
  const started = clock.now();
  const history = await sync(repository, {
    github,
    store,
    compute,
    useful: (known) => histories.replace(repository, known),
  });
  if (history === null) return;
  await histories.put(repository, history, started);
  log.info(
    {
      repository,
      issues: history.index.slots.size,
      links: history.clusters.links.size,
      labels: history.labels?.labels.length ?? 0,
    },
    'synced',
  );
}
