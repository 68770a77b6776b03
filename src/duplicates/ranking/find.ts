import type { Finding } from '../../model/finding.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { createQuery, seenDocument, type View } from '../search-index/query.ts';
import { analyse, type IndexableIssue } from '../text/analysis.ts';
import type { Clusters } from './clusters.ts';
import { evidenceFor } from './evidence.ts';
import type { DuplicateModel } from './model.ts';
import { rank } from './rank.ts';

/** How earlier reports are searched for. */
export interface FindOptions {
  /** `owner/name` of the index's repository: it makes the findings' ids. */
  readonly repository: string;
  /** At most so many findings, best first. */
  readonly max: number;
  /** Whether a root can be pointed to; default: every root can. */
  readonly accept?: (number: number) => boolean;
  /** Less probable ones are left out; default 0. */
  readonly least?: number;
  /** The new issue is of another repository: whatever is named is named in full. Default false. */
  readonly elsewhere?: boolean;
  /**
   * An issue that is not to be seen, as if it had never been added; default: none. The index stays as it is.
   */
  readonly exclude?: number;
}

/**
 * Earlier reports of the same problem as a new one, best first. The id names the root of what is known to be
 * one problem, the evidence is quoted from the new issue, the probability is calibrated.
 */
export function findDuplicates(
  index: DuplicateIndex,
  clusters: Clusters,
  issue: IndexableIssue,
  model: DuplicateModel,
  options: FindOptions,
): Finding[] {
  const query = createQuery(index, analyse(issue), { exclude: options.exclude });
  const name = (number: number) => `${options.elsewhere === true ? options.repository : ''}#${number}`;
  return rank(index, clusters, query, model, options.max * 2)
    .filter(
      ({ root }) => isOlder(root, index, query.view, issue, options) && (options.accept?.(root) ?? true),
    )
    .slice(0, options.max)
    .filter(({ probability }) => probability >= (options.least ?? 0))
    .flatMap(({ number, root, probability }): Finding[] => {
      const candidate = seenDocument(index, query.view, number);
      if (candidate === undefined) return [];
      const evidence = evidenceFor(index, query.view, issue.report, candidate);
      const notes = number === root ? [] : [`most like ${name(number)}, a known duplicate of ${name(root)}`];
      return [
        {
          kind: 'duplicate',
          id: `${options.repository}#${root}`,
          probability,
          evidence,
          from: 'model',
          notes,
        },
      ];
    });
}

/** GitHub's times are whole seconds: within one, the numbers of a repository tell which was first. */
function isOlder(
  root: number,
  index: DuplicateIndex,
  view: View,
  { createdAt, number }: IndexableIssue,
  { elsewhere }: FindOptions,
): boolean {
  const opened = seenDocument(index, view, root)?.createdAt;
  if (opened === undefined || opened !== createdAt) return opened === undefined || opened < createdAt;
  return elsewhere === true || root < number;
}
