import { refKey } from '../../decide/index.ts';
import type { JobContext } from '../context.ts';
import { countedReportOf, counts } from './report-count.ts';
import { triageIssue } from './triage-issue.ts';

/** Counts the reports of a root anew, and edits its one comment, where the maintainers have switched that on. */
export async function countReports(context: JobContext, number: number): Promise<void> {
  const { github, services: ports, row } = context;
  const { repository } = row;
  const { config } = await ports.settings.of(repository, github);
  if (!config.ledger.onRoot || config.mode === 'observe' || row.paused) return;
  const root = refKey({ repository, number });
  const reports = (await ports.store.memories(repository))
    .filter((memory) => counts(memory) && memory.root != null && refKey(memory.root) === root)
    .map(countedReportOf);
  const known = (await ports.store.memory(repository, number))?.notes.tally;
  if (reports.length === 0 && known === undefined) return;
  await triageIssue(context, number, { tally: reports });
}
