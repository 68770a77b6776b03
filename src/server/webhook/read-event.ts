import { z } from 'zod';
import { type NewJobOf, newJob, type Place, priorities } from '../../app/jobs.ts';
import type { Delivery } from '../../model/delivery.ts';

const repository = z.object({
  full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  default_branch: z.string().optional(),
});
const account = z.object({ login: z.string(), type: z.string() });
const issue = z.object({
  number: z.int().positive(),
  user: account.nullish(),
  pull_request: z.unknown().optional(),
});
const common = {
  action: z.string(),
  repository,
  sender: account,
  installation: z.object({ id: z.int().positive() }).nullish(),
};

/** Where a transferred issue went to, and what the one that came was. */
const transfer = z
  .object({
    new_issue: z.object({ number: z.int().positive() }).nullish(),
    new_repository: repository.nullish(),
    old_issue: z.object({ number: z.int().positive() }).nullish(),
    old_repository: repository.nullish(),
  })
  .nullish();

/** What is read of each event; the rest of a payload is ignored. */
const shapes = {
  issues: z.object({
    ...common,
    issue,
    label: z.object({ name: z.string() }).nullish(),
    changes: transfer,
  }),
  issue_comment: z.object({
    ...common,
    issue,
    comment: z.object({ id: z.int().positive(), user: account.nullish() }),
  }),
  label: z.object({ ...common }),
  pull_request: z.object({ ...common, number: z.int().positive(), pull_request: z.object({}) }),
  push: z.object({
    ref: z.string(),
    repository,
    sender: account,
    installation: common.installation,
    commits: z.array(
      z.object({
        added: z.array(z.string()).optional(),
        modified: z.array(z.string()).optional(),
        removed: z.array(z.string()).optional(),
      }),
    ),
  }),
  installation: z.object({
    action: z.string(),
    sender: account,
    installation: z.object({ id: z.int().positive() }),
    repositories: z.array(repository).nullish(),
  }),
  installation_repositories: z.object({
    action: z.string(),
    sender: account,
    installation: z.object({ id: z.int().positive() }),
    repositories_added: z.array(repository),
    repositories_removed: z.array(repository),
  }),
  repository: z.object({
    ...common,
    changes: z
      .object({ repository: z.object({ name: z.object({ from: z.string() }).optional() }).optional() })
      .nullish(),
  }),
} as const;

/** Pull request actions after which its pages and settings are checked. */
const pullActions = new Set(['opened', 'synchronize', 'reopened']);
/** What installation actions mean for each of its repositories. */
const installationKinds = new Map<string, 'install' | 'uninstall'>([
  ['created', 'install'],
  ['unsuspend', 'install'],
  ['deleted', 'uninstall'],
]);
/** Issue actions after which the issue is triaged again. */
const issueActions = new Set(['opened', 'edited', 'closed', 'reopened', 'labeled', 'unlabeled']);

export type ParsedEvent =
  | { readonly kind: 'accepted'; readonly delivery: Delivery; readonly jobs: readonly NewJobOf[] }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * What came with a payload. GitHub does not sign event name and GUID: the payload's shape has to bear them
 * out.
 */
export interface DeliveryContext {
  readonly event: string;
  readonly guid: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The App's slug: what it does itself comes back as events and is not work. */
  readonly app: string;
}

/** Reads identifiers out of a payload whose signature was verified, and says what work follows. */
export function parseEvent(payload: unknown, context: DeliveryContext): ParsedEvent {
  const { event } = context;
  if (event === 'ping') return { kind: 'ignored', why: 'ping' };
  if (!Object.hasOwn(shapes, event)) return { kind: 'ignored', why: 'an event that is not subscribed to' };
  const shape = shapes[event as keyof typeof shapes];
  const result = shape.safeParse(payload);
  if (!result.success) {
    const found = result.error.issues[0];
    return {
      kind: 'malformed',
      why: `${event}: ${found?.path.join('.') || 'payload'}: ${found?.message ?? 'wrong shape'}`,
    };
  }
  const data = result.data;
  if (data.sender.login.toLowerCase() === `${context.app}[bot]`)
    return { kind: 'ignored', why: 'our own doing' };
  const jobs = jobsFor(event, data);
  if (typeof jobs === 'string') return { kind: 'ignored', why: jobs };
  return { kind: 'accepted', jobs, delivery: toDelivery(data, context) };
}

type Data = z.output<(typeof shapes)[keyof typeof shapes]>;

function toDelivery(data: Data, { event, guid, receivedAt }: DeliveryContext): Delivery {
  return {
    guid,
    event,
    action: 'action' in data ? data.action : null,
    installation: data.installation?.id ?? null,
    repository: 'repository' in data ? data.repository.full_name : null,
    number: 'issue' in data ? data.issue.number : 'number' in data ? data.number : null,
    comment: 'comment' in data ? data.comment.id : null,
    sender: data.sender.login,
    receivedAt,
  };
}

/** The work that follows from an event, or why there is none. */
function jobsFor(event: string, data: Data): readonly NewJobOf[] | string {
  if ('issue' in data) return issueJobs(data);
  if ('commits' in data) return pushJobs(data);
  if ('pull_request' in data) {
    if (!pullActions.has(data.action)) return `pull_request ${data.action} changes nothing here`;
    return [newJob('check-pages', placeOf(data, data.repository), { number: data.number })];
  }
  if (event === 'label')
    return 'repository' in data
      ? [newJob('read-settings', placeOf(data, data.repository), {})]
      : 'no repository';
  if (event === 'repository' && 'repository' in data) return repositoryJobs(data);
  if ('repositories_added' in data) {
    return [
      ...data.repositories_added.map((repository) => newJob('install', placeOf(data, repository), {})),
      ...data.repositories_removed.map((repository) => newJob('uninstall', placeOf(data, repository), {})),
    ];
  }
  if (event === 'installation' && 'repositories' in data) {
    const kind = installationKinds.get(data.action);
    if (kind === undefined) return `installation ${data.action} changes nothing here`;
    return (data.repositories ?? []).map((repository) => newJob(kind, placeOf(data, repository), {}));
  }
  return 'nothing to do for it';
}

function issueJobs(
  data: z.output<typeof shapes.issues> | z.output<typeof shapes.issue_comment>,
): readonly NewJobOf[] | string {
  const { action } = data;
  const { number } = data.issue;
  const place = placeOf(data, data.repository);
  const sender = data.sender.login;
  if (data.issue.pull_request != null) return 'a pull request';
  if ('comment' in data) {
    if (action === 'deleted')
      return [newJob('comment-deleted', place, { number, comment: data.comment.id, sender })];
    if (data.comment.user?.type === 'Bot' || data.sender.type === 'Bot') return 'a comment of a bot';
    const edited = action === 'edited';
    return [newJob('comment', place, { number, comment: data.comment.id, sender, edited })];
  }
  if (action === 'deleted' || action === 'transferred') {
    const { new_issue: issue, new_repository: home } = data.changes ?? {};
    const target = issue && home ? { to: home.full_name, toNumber: issue.number } : {};
    return [newJob('forget-issue', place, { ...target, number })];
  }
  if (!issueActions.has(action)) return `issues ${action} changes nothing here`;
  if (data.issue.user?.type === 'Bot') return 'an issue of a bot';
  const label = 'label' in data ? (data.label?.name ?? null) : null;
  const { old_issue: oldIssue, old_repository: oldHome } = data.changes ?? {};
  const origin = oldIssue && oldHome ? { from: oldHome.full_name, fromNumber: oldIssue.number } : {};
  const bot = data.sender.type === 'Bot';
  // A fresh issue has people waiting; the rest can wait a moment.
  const priority = action === 'opened' ? priorities.issue : priorities.change;
  return [newJob('triage', place, { action, sender, label, bot, ...origin, number }, { priority })];
}

function pushJobs(data: z.output<typeof shapes.push>): readonly NewJobOf[] | string {
  if (data.ref !== `refs/heads/${data.repository.default_branch ?? 'main'}`)
    return 'a push to another branch';
  const ours = /^\.github\/(signpost\.yml$|signatures\/|ISSUE_TEMPLATE\/)/;
  const touched = data.commits.some(({ added = [], modified = [], removed = [] }) =>
    [...added, ...modified, ...removed].some((path) => ours.test(path)),
  );
  return touched
    ? [newJob('read-settings', placeOf(data, data.repository), {})]
    : 'a push that touches no settings and no pages';
}

function repositoryJobs(data: z.output<typeof shapes.repository>): readonly NewJobOf[] | string {
  const name = data.repository.full_name;
  if (data.action === 'deleted') return [newJob('uninstall', placeOf(data, data.repository), {})];
  const from = data.changes?.repository?.name?.from;
  if (data.action !== 'renamed' || from === undefined)
    return `repository ${data.action} changes nothing here`;
  return [newJob('rename', placeOf(data, data.repository), { from: `${name.split('/')[0]}/${from}` })];
}

function placeOf(
  { installation }: Pick<Data, 'installation'>,
  { full_name }: z.output<typeof repository>,
): Place {
  return { repository: full_name, installation: installation?.id ?? null };
}
