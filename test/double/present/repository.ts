import type { Installation, Repository } from '../state.ts';
import { fullName } from '../state.ts';
import type { Addresses } from './account.ts';
import { nodeId, presentAccount } from './account.ts';

export const iso = (at: number): string => `${new Date(at).toISOString().slice(0, -5)}Z`;
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const templates = {
  archive_url: '{archive_format}{/ref}',
  assignees_url: 'assignees{/user}',
  blobs_url: 'git/blobs{/sha}',
  branches_url: 'branches{/branch}',
  collaborators_url: 'collaborators{/collaborator}',
  comments_url: 'comments{/number}',
  commits_url: 'commits{/sha}',
  compare_url: 'compare/{base}...{head}',
  contents_url: 'contents/{+path}',
  contributors_url: 'contributors',
  deployments_url: 'deployments',
  downloads_url: 'downloads',
  events_url: 'events',
  forks_url: 'forks',
  git_commits_url: 'git/commits{/sha}',
  git_refs_url: 'git/refs{/sha}',
  git_tags_url: 'git/tags{/sha}',
  hooks_url: 'hooks',
  issue_comment_url: 'issues/comments{/number}',
  issue_events_url: 'issues/events{/number}',
  issues_url: 'issues{/number}',
  keys_url: 'keys{/key_id}',
  labels_url: 'labels{/name}',
  languages_url: 'languages',
  merges_url: 'merges',
  milestones_url: 'milestones{/number}',
  notifications_url: 'notifications{?since,all,participating}',
  pulls_url: 'pulls{/number}',
  releases_url: 'releases{/id}',
  stargazers_url: 'stargazers',
  statuses_url: 'statuses/{sha}',
  subscribers_url: 'subscribers',
  subscription_url: 'subscription',
  tags_url: 'tags',
  teams_url: 'teams',
  trees_url: 'git/trees{/sha}',
} as const;

export const repositoryUrl = (at: Addresses, repository: Repository): string =>
  `${at.api}/repos/${fullName(repository)}`;

/** A repository: fields of `repository`, `full-repository` and `repository-webhooks` alike. */
export function presentRepository(at: Addresses, repository: Repository): Record<string, unknown> {
  const name = fullName(repository);
  const url = repositoryUrl(at, repository);
  const html = `${at.web}/${name}`;
  const open = repository.openIssues;
  const links: Record<string, string> = {};
  for (const [key, template] of Object.entries(templates)) links[key] = `${url}/${template}`;
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: name,
    private: repository.private,
    owner: presentAccount(at, repository.owner),
    html_url: html,
    description: null,
    fork: false,
    url,
    ...links,
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.createdAt),
    pushed_at: iso(repository.createdAt),
    git_url: `git://github.com/${name}.git`,
    ssh_url: `git@github.com:${name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    network_count: 0,
    subscribers_count: 0,
    custom_properties: {},
  };
}

/** The short form that installation events list. */
export function presentRepositoryName(repository: Repository): Record<string, unknown> {
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  };
}

export const simpleInstallation = (installation: Installation): Record<string, unknown> => ({
  id: installation.id,
  node_id: nodeId('INS', installation.id),
});
