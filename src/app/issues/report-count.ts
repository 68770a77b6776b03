import type { CountedReport } from '../../model/counted-report.ts';
import type { IssueState } from '../../model/issue-state.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { reportCountDue } from '../../repository/state/repository-state.ts';
import type { JobContext } from '../context.ts';
import { newJob } from '../jobs.ts';

/** In a storm of reports the root's comment is edited once in so many milliseconds. */
const editEvery = 600_000;

/** Schedules a new count of the roots whose count changes with what this issue adds to it now. */
export async function scheduleReportCount(context: JobContext, state: IssueState): Promise<IssueState> {
  const countedAs = countedOn(state, context.row.repository);
  const before = state.reportCount.countedAs ?? '';
  if (countedAs === before) return state;
  const roots = [countedAs, before].filter((key) => key !== '').map((key) => Number(key.split(' ')[0]));
  for (const root of new Set(roots)) await sendCountJob(context, root);
  return { ...state, reportCount: { ...state.reportCount, countedAs } };
}

/** The root, and what is counted there; empty where nothing is. Only at home: other places may be private. */
function countedOn(state: IssueState, home: string): string {
  const { root } = state;
  if (!isCounted(state) || root?.repository.toLowerCase() !== home.toLowerCase()) return '';
  const { platform, version } = countedReportOf(state);
  return `${root.number} ${version ?? ''} ${platform ?? ''}`;
}

/** Schedules a new count of the root of an issue that is gone, or that our comment is gone from. */
export async function leaveReportCount(
  context: Pick<JobContext, 'services' | 'row'>,
  state: IssueState | null,
): Promise<void> {
  if (state === null || state.root === null || state.reportCount.countedAs === null) return;
  await sendCountJob(context, state.root.number);
}

/** Our comment there points to a root, and nobody has said that this is wrong. */
export function isCounted({ comment, feedback, ignored, root }: IssueState): boolean {
  if (comment === null || ignored || root === null) return false;
  return !feedback.verdicts.some(
    ({ finding, kind, signal }) =>
      kind !== 'confirmed' && signal !== 'doubt' && /^(signature|duplicate):/.test(finding),
  );
}

export function countedReportOf({ facts, number }: IssueState): CountedReport {
  return { number, version: facts.version ?? null, platform: facts.platform ?? null };
}

/** One job for all that changes until it runs. */
async function sendCountJob(
  { services, row }: Pick<JobContext, 'services' | 'row'>,
  number: number,
): Promise<void> {
  const { repository } = row;
  const notBefore = (Math.floor(services.clock.now() / editEvery) + 1) * editEvery;
  const root = { repository, number };
  if ((await readState(services.store, reportCountDue, root)) === notBefore) return;
  await services.send([newJob('count-reports', row, { number }, { notBefore })]);
  await writeState(services.store, reportCountDue, root, notBefore);
}
