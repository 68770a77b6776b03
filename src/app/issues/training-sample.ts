import type { Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { Plan } from '../../model/plan.ts';
import { readReport, redactText } from '../../report/index.ts';
import type { RepositoryGround } from '../../repository/settings.ts';

/** What a verdict can teach of the issue, where something is said of it; once people have spoken, of what they spoke of. */
export async function hearFor(
  issue: Issue,
  plan: Plan,
  memory: Memory,
  { knowledge, templates }: RepositoryGround,
): Promise<Pick<Memory, 'heard'>> {
  const { asserted = [], comment, heard, verdicts = [] } = memory;
  const speaks = plan.ledgerOnly !== true && plan.actions.some(({ kind }) => kind === 'comment');
  if (heard !== undefined && verdicts.length + asserted.length > 0) return { heard };
  if (!speaks && comment === null && asserted.length === 0) return {};
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return { heard: knowledge.hear(readReport({ title, body }, templates)) };
}
