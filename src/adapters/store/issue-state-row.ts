import type { z } from 'zod';
import type { IssueState } from '../../model/issue-state.ts';
import { UnreadableState } from '../../ports/unreadable-state.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';
import { issueStateShape } from './issue-state-shape.ts';
import { fromVersion1, version1Shape } from './issue-state-version-1.ts';

/** The version of the shape that is written; a change of `IssueState` that rows of today do not fit is the next one. */
export const issueStateVersion = 2;

export type IssueStateRow = Pick<Tables['issue_states'], 'repository' | 'number' | 'value'>;

export function encodeIssueState(state: IssueState): string {
  return toJson({ version: issueStateVersion, state });
}

/**
 * The state in a row, whichever version wrote it.
 *
 * @throws UnreadableState where a newer version did, or the row is damaged
 */
export function decodeIssueState(row: IssueStateRow): IssueState {
  const stored = parse(row);
  const version = versionOf(stored);
  if (version === issueStateVersion) return check(row, issueStateShape, Reflect.get(Object(stored), 'state'));
  if (version === 1) return fromVersion1(check(row, version1Shape, stored));
  throw refusal(
    row,
    `has version ${JSON.stringify(version)}`,
    `at most ${issueStateVersion}; run a newer Signpost`,
  );
}

function parse(row: IssueStateRow): unknown {
  try {
    return JSON.parse(row.value);
  } catch {
    throw refusal(row, `is not JSON: ${row.value.slice(0, 40)}`, 'an object');
  }
}

/** The first version wrote no number. */
function versionOf(stored: unknown): unknown {
  return typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : 1;
}

function check<T>(row: IssueStateRow, shape: z.ZodType<T>, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = first?.path.join('.') || 'its root';
  throw refusal(row, `is damaged at ${place}: ${first?.message}`, 'what this Signpost wrote');
}

function refusal({ number, repository }: IssueStateRow, found: string, expected: string): UnreadableState {
  return new UnreadableState(`${repository}#${number}: its stored state ${found} (expected ${expected})`);
}
