import type { Issue } from '../../model/issue.ts';
import type { IssueState, TrainingSample } from '../../model/issue-state.ts';
import type { Plan } from '../../model/plan.ts';
import { readReport, redactText } from '../../report/index.ts';
import type { RepositorySettings } from '../../repository/settings.ts';

/** What a verdict can teach of the issue, where something is said of it; once people have spoken, of what they spoke of. */
export async function trainingSampleFor(
  issue: Issue,
  plan: Plan,
  { comment, feedback, trainingSample }: IssueState,
  { knowledge, templates }: RepositorySettings,
): Promise<TrainingSample | null> {
  const { asserted, verdicts } = feedback;
  const speaks = plan.ledgerOnly !== true && plan.actions.some(({ kind }) => kind === 'comment');
  if (trainingSample !== null && verdicts.length + asserted.length > 0) return trainingSample;
  if (!speaks && comment === null && asserted.length === 0) return trainingSample;
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return knowledge.trainingSample(readReport({ title, body }, templates));
}
