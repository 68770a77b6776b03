import type { Actor, Issue, PullFile, PullRequest, Repository, Tree } from '../state.ts';
import type { World } from '../world.ts';
import { commit, Refusal } from '../world.ts';
import { announce, openIssue, touch } from './issue.ts';

/** What a branch changes against its base. */
export function changedFiles(
  repository: Repository,
  { base, baseSha, headSha }: PullRequest,
): readonly PullFile[] {
  const before = repository.trees.get(baseSha) ?? new Map<string, string>();
  const after = repository.trees.get(headSha);
  if (!after) throw new Error(`${base}: the head of a pull request is gone`);
  const files: PullFile[] = [];
  for (const [path, text] of after) {
    const old = before.get(path);
    if (old === undefined) files.push({ path, status: 'added', before: '', after: text });
    else if (old !== text) files.push({ path, status: 'modified', before: old, after: text });
  }
  for (const [path, text] of before)
    if (!after.has(path)) files.push({ path, status: 'removed', before: text, after: '' });
  return files;
}

/** The tree with these files written, or taken away (null). */
export function changed(tree: Tree, files: Readonly<Record<string, string | null>>): Tree {
  const next = new Map(tree);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) next.delete(path);
    else next.set(path, text);
  }
  return next;
}

/** Opens a pull request from a branch that is there. */
export function openPull(
  world: World,
  actor: Actor,
  repository: Repository,
  given: {
    readonly title: string;
    readonly body?: string | null;
    readonly head: string;
    readonly base: string;
  },
): Issue {
  const head = given.head.replace(/^.*:/, '');
  const headSha = repository.branches.get(head);
  const baseSha = repository.branches.get(given.base);
  const invalid = (field: string): Refusal =>
    new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
  if (headSha === undefined) throw invalid('head');
  if (baseSha === undefined) throw invalid('base');
  const open = pulls(repository).some(({ state, pull }) => state === 'open' && pull?.head === head);
  if (open)
    throw new Refusal(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for ${repository.owner.login}:${head}.`,
      },
    ]);
  const { title, body = null, base } = given;
  return openIssue(world, actor, repository, {
    title,
    body,
    pull: { head, base, headSha, baseSha, mergedAt: null },
  });
}

export function pulls(repository: Repository): readonly Issue[] {
  return [...repository.issues.values()].filter(
    (entry): entry is Issue => entry !== 'deleted' && 'pull' in entry && entry.pull !== null,
  );
}

/** A commit on the branch of a pull request. */
export function pushToPull(
  world: World,
  actor: Actor,
  issue: Issue,
  files: Readonly<Record<string, string | null>>,
): void {
  const { pull, repository } = issue;
  if (!pull) throw new Error(`#${issue.number} is no pull request`);
  const before = pull.headSha;
  pull.headSha = commit(repository, pull.head, changed(repository.trees.get(before) ?? new Map(), files));
  touch(world, issue);
  announce(world, actor, issue, 'synchronize', { before, after: pull.headSha });
}
