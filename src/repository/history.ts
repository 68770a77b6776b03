import { decodeModel, encodeModel, type LabelModel } from '../classify/index.ts';
import { type FailureGroups, noGroups } from '../digest/index.ts';
import {
  add,
  type Clusters,
  createClusters,
  createIndex,
  type DuplicateIndex,
  type DuplicateModel,
  type LinkEvent,
  readModel,
  restore,
  shippedModel,
  snapshot,
  writeModel,
} from '../duplicates/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../ports/store.ts';
import { readReport, redactText } from '../report/index.ts';
import { readBlob, readState, writeBlob, writeState } from './state/entry.ts';
import {
  duplicateMarks,
  historyLinkModel,
  issueTemplates,
  labelModel,
  searchIndex,
  unknownGroups,
} from './state/history-state.ts';

/** What is known of a repository's issues: their words, which of them are one problem, how its people label. */
export interface RepositoryHistory {
  index: DuplicateIndex;
  clusters: Clusters;
  /** Every mark, un-mark and reopening that made the clusters. */
  links: LinkEvent[];
  /** Of the repository's own duplicates, or the shipped one where they are too few. */
  duplicates: DuplicateModel;
  labels: LabelModel | null;
  /** Raw texts of its issue templates, as the last sync saw them: what they ask is not what a reporter said. */
  templates: readonly string[];
  /** Reports that no page knows, by what they share. */
  unknown: FailureGroups;
}

export function emptyHistory(): RepositoryHistory {
  return {
    index: createIndex(),
    clusters: createClusters(),
    links: [],
    duplicates: shippedModel(),
    labels: null,
    templates: [],
    unknown: noGroups,
  };
}

/** Adds an issue, without the credentials that it may hold; `clean`: it was read already, and holds none. */
export async function addIssue(
  issue: Issue,
  history: RepositoryHistory,
  clean: Report | null = null,
): Promise<void> {
  const { author, closedAt, createdAt, number } = issue;
  const report = clean ?? (await readRedacted(issue, history.templates));
  add(history.index, { number, author: author.login, createdAt, closedAt, report });
}

async function readRedacted(issue: Issue, templates: readonly string[]): Promise<Report> {
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return readReport({ title, body }, templates);
}

/** As it was saved last. */
export async function loadHistory(store: Store, repository: string): Promise<RepositoryHistory> {
  const [bytes, links, duplicates, labels, templates, unknown] = await Promise.all([
    readBlob(store, searchIndex, repository),
    readState(store, duplicateMarks, repository),
    readState(store, historyLinkModel, repository),
    readBlob(store, labelModel, repository),
    readState(store, issueTemplates, repository),
    readState(store, unknownGroups, repository),
  ]);
  return {
    index: (bytes === null ? null : restore(bytes)) ?? createIndex(),
    clusters: createClusters(links),
    links: [...links],
    duplicates: readModel(duplicates) ?? shippedModel(),
    labels: labels === null ? null : decodeModel(labels),
    templates,
    unknown,
  };
}

/** Writes all that does not write itself as it changes. */
export async function saveHistory(
  store: Store,
  repository: string,
  history: RepositoryHistory,
): Promise<void> {
  await writeBlob(store, searchIndex, repository, snapshot(history.index));
  await writeState(store, duplicateMarks, repository, history.links);
  await writeState(store, historyLinkModel, repository, writeModel(history.duplicates));
  await writeState(store, issueTemplates, repository, history.templates);
  if (history.labels !== null) await writeBlob(store, labelModel, repository, encodeModel(history.labels));
}
