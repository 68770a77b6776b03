import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { groupUnknown } from '../../app/history/unknown-failures.ts';
import { type PageFor, pagesFor, readSource, type Source } from '../../app/pages/propose.ts';
import { defaultConfig } from '../../config/index.ts';
import { type FailureGroups, noGroups } from '../../digest/index.ts';
import { add, createIndex } from '../../duplicates/index.ts';
import type { GitHub } from '../../ports/github.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { proposedGroups, unknownGroups } from '../../repository/state/history-state.ts';
import { command } from '../command.ts';
import { readLines } from '../input/read-lines.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { loadKnowledgeBase } from '../open.ts';
import type { Options } from '../options.ts';
import { type RepositoryContext, requireGitHub, withRepository } from '../with-repository.ts';

const folder = '.github/signatures';
/** Background for the rules: so many pages of a hundred issues, newest first. */
const historyPages = 5;

const issueShape = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  author: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
});

/**
 * `signpost propose <owner/repo> [--out folder] [--pull-request] [--json]`: drafts a page for each group of
 * reports that no page knows; with `--pull-request` and `GITHUB_TOKEN`, opens a pull request for each, once.
 * `--issues <jsonl>` takes the reports from a file instead, in its order, and `--without <ids>` leaves pages
 * out. 0 fine, 2 when it could not run.
 */
export const run = command(async ([target], options, io) => {
  if (typeof options.issues === 'string') {
    if (options.pullRequest === true)
      throw new InputError('--pull-request needs the repository\u2019s own reports (expected no --issues)');
    const pages = await fromFile(options.issues, options.without, io);
    return await deliver(pages, options, io, noPullRequest);
  }
  return withRepository(target, async (context) => {
    const pages = await fromRepository(context);
    const open = options.pullRequest === true ? pullRequestOpener(context) : noPullRequest;
    return deliver(pages, options, io, open);
  });
});

/** Walks the issues of a file as if they arrived one after the other. */
async function fromFile(file: string, without: unknown, io: Io): Promise<readonly PageFor[]> {
  const rows = await readLines(file, issueShape, 'an issue with number, title, body and created_at', io);
  const leftOut = new Set(typeof without === 'string' ? without.split(',') : []);
  const knowledgeBase = await loadKnowledgeBase();
  const { recognise, signatures } = knowledgeBase.knowledge(defaultConfig.packs, '', []);
  const threshold = defaultConfig.comment.at;
  const index = createIndex();
  const sources: Source[] = [];
  let groups: FailureGroups = noGroups;
  for (const { value } of rows) {
    const { author, body, created_at: createdAt, number, title } = value;
    const source = await readSource({ number, title, body: body ?? '', author: author ?? '', createdAt });
    // The order of the file is the order of arrival, whatever its times say.
    const filing = { ...source, createdAt: sources.length, closedAt: null };
    const known = recognise(source.report).some(
      ({ id, probability }) => probability >= threshold && !leftOut.has(id),
    );
    if (!known) groups = groupUnknown(groups, index, filing);
    add(index, filing);
    sources.push(source);
  }
  return pagesFor(groups, sources, new Set(signatures.keys()), threshold);
}

/** The groups that the App keeps, their reports and a background read from GitHub. */
async function fromRepository(context: RepositoryContext): Promise<readonly PageFor[]> {
  const { repository, settings, store } = context;
  const github = requireGitHub(context);
  const groups = await readState(store, unknownGroups, repository);
  const sources = new Map<number, Source>();
  for (const raw of await readHistory(repository, github)) sources.set(raw.number, await readSource(raw));
  for (const number of groups.groups.flatMap(({ members }) => members)) {
    if (sources.has(number)) continue;
    const issue = await github.issue(repository, number);
    if (issue !== null) sources.set(number, await readSource({ ...issue, author: issue.author.login }));
  }
  const { comment } = settings.config;
  return pagesFor(groups, [...sources.values()], new Set(settings.knowledge.signatures.keys()), comment.at);
}

async function readHistory(repository: string, github: GitHub) {
  const issues = [];
  let after: string | null = null;
  for (let page = 0; page < historyPages; page++) {
    const read = await github.history(repository, after);
    issues.push(...read.issues);
    after = read.next;
    if (after === null) break;
  }
  return issues;
}

/** Opens a pull request for a page and returns its address; null where none is wanted. */
type OpenPullRequest = (page: PageFor) => Promise<string | null>;

const noPullRequest: OpenPullRequest = async () => null;

/** Opens a pull request in the person's name; the group's branch keeps it at one. */
function pullRequestOpener({ proposals, repository, store }: RepositoryContext): OpenPullRequest {
  return async ({ backtest, members, names, page }) => {
    const open = new Set(await readState(store, proposedGroups, repository));
    // A group that took in another whose page is proposed goes on with that proposal.
    const group = names.find((name) => open.has(name)) ?? names[0] ?? 0;
    const { url } = await proposals.propose(repository, {
      branch: `signpost/new-failure-${group}`,
      path: `${folder}/${page.file}`,
      text: page.text,
      title: `A page for a new failure: ${page.draft.id}`,
      body: `${members.length} reports that no page knows are like one another. This page was drafted from them; the sections that say so wait for a person.\n\n${backtest}`,
    });
    await writeState(store, proposedGroups, repository, [...open.add(group)]);
    return url;
  };
}

async function deliver(
  pages: readonly PageFor[],
  { json, out = folder }: Options,
  io: Io,
  open: OpenPullRequest,
): Promise<number> {
  const written = [];
  for (const one of pages) {
    const file = join(String(out), one.page.file);
    const fresh = await writeNew(file, one.page.text);
    const pullRequest = await open(one);
    const { group, members } = one;
    written.push({
      group,
      members,
      id: one.page.draft.id,
      title: one.page.draft.title,
      file,
      fresh,
      pullRequest,
    });
  }
  if (json === true) io.stdout(`${JSON.stringify({ proposals: written }, null, 2)}\n`);
  else if (written.length === 0)
    io.stdout('no group is large enough, or none shares what other reports do not have\n');
  for (const { file, fresh, members, pullRequest } of json === true ? [] : written) {
    const note = fresh ? '' : ' (is there already, left as it is)';
    io.stdout(
      `${file}: from ${members.length} reports${note}${pullRequest === null ? '' : `; ${pullRequest}`}\n`,
    );
  }
  return 0;
}

/** Writes a file that is not there yet; false where one is, which somebody may have worked on. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new InputError(`${file} cannot be written (expected a folder of pages)`);
  }
}
