import { refKey } from '../../decide/index.ts';
import type { JobContext } from '../context.ts';
import { countedReportOf, isCounted } from './report-count.ts';
import { triageIssue } from './triage-issue.ts';

/** Counts the reports of a root anew, and edits its one comment, where the maintainers have switched that on. */
export async function countReports(context: JobContext, number: number): Promise<void> {
  const { github, services, row } = context;
  const { repository } = row;
  const { config } = await services.settings.of(repository, github);
  if (!config.ledger.onRoot || config.mode === 'observe' || row.paused) return;
  const root = refKey({ repository, number });
  const reports = (await services.store.issueStates(repository))
    .filter((state) => isCounted(state) && state.root !== null && refKey(state.root) === root)
    .map(countedReportOf);
  const shown = (await services.store.issueState(repository, number))?.reportCount.shown ?? null;
  if (reports.length === 0 && shown === null) return;
  await triageIssue(context, number, { reportCount: reports });
}
