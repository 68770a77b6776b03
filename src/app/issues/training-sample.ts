import type { Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { Plan } from '../../model/plan.ts';
import { readReport, redactText } from '../../report/index.ts';
import type { RepositorySettings } from '../../repository/settings.ts';

/** What a verdict can teach of the issue, where something is said of it; once people have spoken, of what they spoke of. */
export async function trainingSampleFor(
  issue: Issue,
  plan: Plan,
  memory: Memory,
  { knowledge, templates }: RepositorySettings,
): Promise<Pick<Memory, 'heard'>> {
  const { asserted = [], comment, heard: sample, verdicts = [] } = memory;
  const speaks = plan.ledgerOnly !== true && plan.actions.some(({ kind }) => kind === 'comment');
  if (sample !== undefined && verdicts.length + asserted.length > 0) return { heard: sample };
  if (!speaks && comment === null && asserted.length === 0) return {};
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return { heard: knowledge.trainingSample(readReport({ title, body }, templates)) };
}
