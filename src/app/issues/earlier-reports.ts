import {
  type DuplicateModel,
  type FindOptions,
  findDuplicates,
  type LinkEvent,
  rootOf,
} from '../../duplicates/index.ts';
import type { Config } from '../../model/config.ts';
import type { Finding } from '../../model/finding.ts';
import type { Issue, IssueRef } from '../../model/issue.ts';
import type { Report } from '../../model/report.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import type { JobContext } from '../context.ts';
import type { RelatedHistory } from '../history/related-access.ts';

/** Earlier reports that are less probable are not worth a line in the ledger. */
const leastTold = 0.2;

/** Earlier reports in the repository's own past and in related ones, most probable first; an issue that is looked at again is not its own duplicate. */
export function earlierReports(
  issue: Issue,
  report: Report,
  history: RepositoryHistory,
  related: readonly RelatedHistory[],
  { duplicates: { max } }: Config,
  model: DuplicateModel,
): readonly Finding[] {
  const { author, closedAt, createdAt, number, repository } = issue;
  const filing = { number, author: author.login, createdAt, closedAt, report };
  const root = history.clusters.links.has(number) ? rootOf(history.clusters, number) : number;
  if (root !== number) {
    const marked = 'people marked it as a duplicate';
    return [
      {
        kind: 'duplicate',
        id: `${repository}#${root}`,
        probability: 0.99,
        evidence: [],
        from: 'fact',
        notes: [marked],
      },
    ];
  }
  const here = findDuplicates(history.index, history.clusters, filing, model, {
    repository,
    max,
    least: leastTold,
    accept: (root) => root !== number,
    exclude: number,
  });
  // Of two that are equally probable the one at home comes first.
  return [...here, ...earlierElsewhere(issue, report, related, { max, least: leastTold })]
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, max);
}

/** No event tells of a duplicate mark: it is read where an issue was closed as one, and ends when the issue is open again. */
export async function followMark(
  issue: Issue,
  history: RepositoryHistory,
  { github, services: ports }: JobContext,
): Promise<IssueRef | null> {
  const { closedAt, number, repository, state, stateReason, updatedAt } = issue;
  const linked = history.clusters.links.has(number);
  let markedAs: IssueRef | null = null;
  let event: LinkEvent | null =
    linked && state === 'open' ? { kind: 'reopened', number, at: updatedAt } : null;
  if (!linked && stateReason === 'duplicate') {
    const [thread] = await github.threads([issue]);
    const target = thread?.duplicateOf;
    markedAs = target ?? null;
    if (target?.repository.toLowerCase() === repository.toLowerCase()) {
      event = { kind: 'marked', number, of: target.number, at: closedAt ?? updatedAt };
    }
  }
  if (event !== null) await ports.histories.follow(repository, history, event);
  return markedAs;
}

/** An issue of another repository has no number here. */
const noNumber = 0;

/** Earlier reports in related repositories, most probable first. */
export function earlierElsewhere(
  { author, closedAt, createdAt }: Issue,
  report: Report,
  related: readonly RelatedHistory[],
  most: Pick<FindOptions, 'max' | 'least'>,
): readonly Finding[] {
  const filing = { number: noNumber, author: author.login, createdAt, closedAt, report };
  return related
    .flatMap(({ history, repository }) =>
      findDuplicates(history.index, history.clusters, filing, history.duplicates, {
        repository,
        ...most,
        elsewhere: true,
      }),
    )
    .toSorted((a, b) => b.probability - a.probability);
}
