import { z } from 'zod';
import { type Job, type NewJob, UnreadableJob } from '../ports/queue.ts';

/** Lower runs first. */
export const priorities = {
  /** What was missed has waited longer than any fresh issue, and finding it takes a few calls. */
  missed: -1,
  /** A fresh issue: its reporter waits for a first comment. */
  issue: 0,
  /** The repository itself: installed, renamed, its settings and pages. */
  repository: 5,
  /** An issue that changed, or a comment. */
  change: 10,
  pauseIssue: 20,
  /** What people's reactions lead to. */
  followUp: 50,
  digest: 60,
  reportCount: 90,
  /** Waits for everything else, and holds up no issue. */
  background: 100,
} as const;

const nothing = z.object({});
const issue = z.object({ number: z.int() });
const comment = issue.extend({
  comment: z.int(),
  sender: z.string().exactOptional(),
  edited: z.boolean().exactOptional(),
});
const transferredTo = { to: z.string().exactOptional(), toNumber: z.int().exactOptional() };
const transferredFrom = { from: z.string().exactOptional(), fromNumber: z.int().exactOptional() };
const triage = issue.extend({
  /** Of the event that led to the job; absent where none did. */
  action: z.string().exactOptional(),
  sender: z.string().exactOptional(),
  /** The label that was set or taken off. */
  label: z.string().nullable().exactOptional(),
  /** A bot did it. */
  bot: z.boolean().exactOptional(),
  ...transferredFrom,
});

/**
 * Jobs of one key never run at the same time. Work on an issue has the issue's key, work on what a repository is (its
 * row, its settings) the repository's, and longer work a key beside it, so that it holds neither up. These last ones
 * keep the names they always had, so that a kind under its new name still waits for one that is stored under the old.
 */
type KeyOf<Data> = (repository: string, data: Data) => string;
const ofIssue: KeyOf<{ readonly number: number }> = (repository, { number }) => `${repository}#${number}`;
const ofRepository: KeyOf<unknown> = (repository) => repository;
const beside =
  (work: string): KeyOf<unknown> =>
  (repository) =>
    `${repository}:${work}`;
const forAll =
  (work: string): KeyOf<unknown> =>
  () =>
    work;

function define<Shape extends z.ZodType>(shape: Shape, keyOf: KeyOf<z.output<Shape>>, priority: number) {
  return { shape, keyOf, priority };
}

const kinds = {
  // For all repositories.
  'catch-up': define(z.object({ atStart: z.boolean() }), forAll('catch-up'), priorities.missed),
  'schedule-digests': define(nothing, forAll('digests'), priorities.digest),
  'schedule-learning': define(nothing, forAll('learnings'), priorities.background),
  'schedule-related': define(nothing, forAll('relateds'), priorities.background),
  // For one repository.
  install: define(
    // Null: nobody says since when. Absent: its event came.
    z.object({ since: z.number().nullable().exactOptional() }),
    ofRepository,
    priorities.repository,
  ),
  uninstall: define(nothing, ofRepository, priorities.repository),
  rename: define(z.object({ from: z.string() }), ofRepository, priorities.repository),
  'read-settings': define(nothing, ofRepository, priorities.repository),
  'fill-gaps': define(nothing, beside('gaps'), priorities.missed),
  sync: define(nothing, beside('sync'), priorities.background),
  'sync-related': define(
    z.object({ related: z.string() }),
    // Whichever repository it is read for.
    (_, { related }) => `related:${related}`,
    priorities.background,
  ),
  'poll-reactions': define(nothing, beside('sweep'), priorities.background),
  'publish-pause-issue': define(nothing, beside('brake'), priorities.pauseIssue),
  'publish-digest': define(nothing, beside('digest'), priorities.digest),
  'learn-from-verdicts': define(nothing, beside('learn'), priorities.background),
  // For one issue or pull request.
  triage: define(triage, ofIssue, priorities.change),
  comment: define(comment, ofIssue, priorities.change),
  'comment-deleted': define(comment, ofIssue, priorities.repository),
  'forget-issue': define(issue.extend(transferredTo), ofIssue, priorities.repository),
  'check-pages': define(issue, ofIssue, priorities.repository),
  close: define(issue, ofIssue, priorities.followUp),
  'count-reports': define(issue, ofIssue, priorities.reportCount),
};

/**
 * What a kind was called before. Stores hold jobs that older versions wrote: polls that are due in a month, and dead
 * jobs until somebody reads them.
 */
const formerKinds = new Map<string, JobKind>([
  ['digests', 'schedule-digests'],
  ['learnings', 'schedule-learning'],
  ['relateds', 'schedule-related'],
  ['settings', 'read-settings'],
  ['sweep', 'poll-reactions'],
  ['brake', 'publish-pause-issue'],
  ['digest', 'publish-digest'],
  ['learn', 'learn-from-verdicts'],
  ['forget', 'forget-issue'],
  ['check', 'check-pages'],
  ['tally', 'count-reports'],
]);

export type JobKind = keyof typeof kinds;

/** What a job of each kind carries. */
export type JobData = { readonly [K in JobKind]: Readonly<z.output<(typeof kinds)[K]['shape']>> };

/** A job to be sent, of one kind or any. */
export type NewJobOf<K extends JobKind = JobKind> = {
  readonly [P in K]: Omit<NewJob, 'kind' | 'data'> & { readonly kind: P; readonly data: JobData[P] };
}[K];

/** A job in hand, of one kind or any. */
export type JobOf<K extends JobKind = JobKind> = {
  readonly [P in K]: Omit<Job, 'kind' | 'data'> & { readonly kind: P; readonly data: JobData[P] };
}[K];

interface KindDefinition<K extends JobKind> {
  readonly shape: z.ZodType<JobData[K]>;
  readonly keyOf: KeyOf<JobData[K]>;
  readonly priority: number;
}

const definitions: { readonly [K in JobKind]: KindDefinition<K> } = kinds;

/** Where a job is done. */
export interface Place {
  /** `owner/name`; empty: for all. */
  readonly repository: string;
  /** Null: not known yet. */
  readonly installation: number | null;
}

/** Work that any worker may do, for all repositories at once. */
export const everywhere: Place = { repository: '', installation: null };

/** A job with the key, and unless said otherwise the priority, of its kind. `notBefore` is 0: at once. */
export function newJob<K extends JobKind>(
  kind: K,
  { repository, installation }: Place,
  data: JobData[K],
  options: Partial<Pick<NewJob, 'priority' | 'notBefore'>> = {},
): NewJobOf<K> {
  const { keyOf, priority } = definitions[kind];
  const key = keyOf(repository, data);
  return { kind, repository, key, installation, data, priority, notBefore: 0, ...options };
}

/**
 * A job as it lay in the queue, with its kind's name of today and its data checked.
 *
 * @throws UnreadableJob where kind or data are not of this version or one before
 */
export function readJob(stored: Job): JobOf {
  const kind = formerKinds.get(stored.kind) ?? stored.kind;
  if (!isKind(kind)) throw new UnreadableJob(`there is no kind of job "${stored.kind}" in this version`);
  return readAs(kind, stored);
}

function isKind(name: string): name is JobKind {
  return Object.hasOwn(kinds, name);
}

function readAs<K extends JobKind>(kind: K, stored: Job): JobOf<K> {
  const { data, error } = definitions[kind].shape.safeParse(stored.data);
  if (error === undefined) return { ...stored, kind, data };
  const [found] = error.issues;
  const place = ['data', ...(found?.path ?? [])].join('.');
  throw new UnreadableJob(`${place} of a job "${stored.kind}": ${found?.message ?? 'not as expected'}`);
}

/** What happened to the issue, where an event of it led to this job. */
export function issueEventOf(job: JobOf): Partial<JobData['triage']> {
  return job.kind === 'triage' ? job.data : {};
}

/** Polls wait for one another: those due within a quarter of an hour are one. */
const pollsTogether = 900_000;

/** @param due epoch milliseconds; rounded up, so that polls that are due at about the same time are one */
export function pollJob(at: Place, due: number): NewJobOf<'poll-reactions'> {
  return newJob('poll-reactions', at, {}, { notBefore: Math.ceil(due / pollsTogether) * pollsTogether });
}

/** One job where several of a kind have the same key and are due at the same time. */
export function unique(jobs: readonly NewJobOf[]): NewJobOf[] {
  return [...new Map(jobs.map((job) => [`${job.kind} ${job.key} ${job.notBefore}`, job])).values()];
}
