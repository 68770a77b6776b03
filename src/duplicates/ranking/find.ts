import type { Finding } from '../../model/finding.ts';
import { prepare } from '../search-index/query.ts';
import { type DuplicateIndex, documentOf } from '../search-index/store.ts';
import { analyse, type Filing } from '../text/analysis.ts';
import { because } from './because.ts';
import type { Clusters } from './clusters.ts';
import type { DuplicateModel } from './model.ts';
import { rank } from './rank.ts';

/** What is asked of a search for earlier reports. */
export interface FindOptions {
  /** `owner/name` of the index's repository: it makes the findings' ids. */
  readonly repository: string;
  /** At most so many findings, best first. */
  readonly max: number;
  /** Whether a root can be pointed to; without it every root is fine. */
  readonly accept?: (number: number) => boolean;
  /** Less probable ones are left out; default 0. */
  readonly least?: number;
  /** The new issue is of another repository: whatever is named is named in full. Default false. */
  readonly elsewhere?: boolean;
}

/**
 * Earlier reports of the same problem as a new one, best first. The id names the root of what is known to be one
 * problem, the evidence is quoted from the new issue, the probability is calibrated.
 */
export function findDuplicates(
  index: DuplicateIndex,
  clusters: Clusters,
  filing: Filing,
  model: DuplicateModel,
  options: FindOptions,
): Finding[] {
  const query = prepare(index, analyse(filing));
  const name = (number: number) => `${options.elsewhere === true ? options.repository : ''}#${number}`;
  return rank(index, clusters, query, model, options.max * 2)
    .filter(({ root }) => isOlder(root, index, filing, options) && (options.accept?.(root) ?? true))
    .slice(0, options.max)
    .filter(({ probability }) => probability >= (options.least ?? 0))
    .flatMap(({ number, root, probability }): Finding[] => {
      const candidate = documentOf(index, number);
      if (candidate === undefined) return [];
      const evidence = because(index, filing.report, candidate);
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
  { createdAt, number }: Filing,
  { elsewhere }: FindOptions,
): boolean {
  const opened = documentOf(index, root)?.createdAt;
  if (opened === undefined || opened !== createdAt) return opened === undefined || opened < createdAt;
  return elsewhere === true || root < number;
}
