import { changedFiles } from '../deeds/pull.ts';
import type { Issue, PullFile, PullRequest, Repository } from '../state.ts';
import { fullName } from '../state.ts';
import { blobSha } from '../world.ts';
import type { Addresses } from './account.ts';
import { presentAccount } from './account.ts';
import { presentIssue } from './issue.ts';
import { isoOrNull, presentRepository, repositoryUrl } from './repository.ts';

function side(at: Addresses, repository: Repository, ref: string, sha: string): Record<string, unknown> {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: presentAccount(at, repository.owner),
    repo: presentRepository(at, repository),
  };
}

/** A `pull-request`, of REST and of webhooks. */
export function presentPull(at: Addresses, issue: Issue): Record<string, unknown> {
  const pull: PullRequest | null = issue.pull;
  if (!pull) throw new Error(`#${issue.number} is no pull request`);
  const {
    pull_request: links,
    timeline_url: _t,
    state_reason: _s,
    reactions: _r,
    ...fields
  } = presentIssue(at, issue);
  const { url, html_url, diff_url, patch_url } = links as Record<string, unknown>;
  const self = { href: url };
  return {
    ...fields,
    url,
    html_url,
    diff_url,
    patch_url,
    issue_url: fields.url,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${url}/comments{/number}`,
    statuses_url: `${fields.repository_url}/statuses/${pull.headSha}`,
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: null,
    requested_reviewers: [],
    requested_teams: [],
    head: side(at, issue.repository, pull.head, pull.headSha),
    base: side(at, issue.repository, pull.base, pull.baseSha),
    _links: {
      self,
      html: { href: html_url },
      issue: { href: fields.url },
      comments: { href: fields.comments_url },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${url}/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: `${fields.repository_url}/statuses/${pull.headSha}` },
    },
    auto_merge: null,
    draft: false,
    merged: pull.mergedAt !== null,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: null,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: changedFiles(issue.repository, pull).length,
  };
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** A `diff-entry`; the patch is one hunk that replaces all lines. */
export function presentPullFile(
  at: Addresses,
  repository: Repository,
  { headSha }: PullRequest,
  { path, status, before, after }: PullFile,
): Record<string, unknown> {
  const gone = linesOf(before);
  const come = linesOf(after);
  const web = `${at.web}/${fullName(repository)}`;
  const range = (lines: readonly string[]): string => `${Math.min(lines.length, 1)},${lines.length}`;
  const hunk = [...gone.map((line) => `-${line}`), ...come.map((line) => `+${line}`)];
  return {
    sha: blobSha(after),
    filename: path,
    status,
    additions: come.length,
    deletions: gone.length,
    changes: gone.length + come.length,
    blob_url: `${web}/blob/${headSha}/${path}`,
    raw_url: `${web}/raw/${headSha}/${path}`,
    contents_url: `${repositoryUrl(at, repository)}/contents/${path}?ref=${headSha}`,
    patch: [`@@ -${range(gone)} +${range(come)} @@`, ...hunk].join('\n'),
  };
}
