import type { IssueState } from '../../model/issue-state.ts';
import type { Store } from '../../ports/store.ts';
import { UnreadableState } from '../../ports/unreadable-state.ts';
import type { Database } from '../sql/database.ts';
import { decodeIssueState, encodeIssueState, type IssueStateRow } from './issue-state-row.ts';

const columns = ['repository', 'number', 'value'] as const;

/** The state of each issue. Lists leave out what cannot be read, and say so to `onError`. */
export function issueStates(
  { db, writeOneSoon }: Pick<Database, 'db' | 'writeOneSoon'>,
  onError: (error: unknown) => void,
): Pick<Store, 'issueState' | 'issueStates' | 'putIssueState' | 'due' | 'commented'> {
  const decodeAll = (rows: readonly IssueStateRow[]): IssueState[] =>
    rows.flatMap((row) => {
      try {
        return [decodeIssueState(row)];
      } catch (error) {
        if (!(error instanceof UnreadableState)) throw error;
        onError(error);
        return [];
      }
    });

  return {
    async issueState(repository, number) {
      const row = await db
        .selectFrom('issue_states')
        .select(columns)
        .where('repository', '=', repository)
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined ? null : decodeIssueState(row);
    },

    async issueStates(repository) {
      const rows = await db
        .selectFrom('issue_states')
        .select(columns)
        .where('repository', '=', repository)
        .orderBy('number')
        .execute();
      return decodeAll(rows);
    },

    putIssueState: (state) =>
      writeOneSoon(async (one) => {
        const { repository, number, poll, comment } = state;
        const value = encodeIssueState(state);
        const commented_at = comment?.at ?? null;
        await one
          .insertInto('issue_states')
          .values({ repository, number, value, commented_at, due: poll.due })
          .onConflict((conflict) =>
            conflict.columns(['repository', 'number']).doUpdateSet({
              value,
              due: poll.due,
              // A comment that was deleted was made all the same.
              ...(commented_at === null ? {} : { commented_at }),
            }),
          )
          .execute();
      }),

    async due(repository, now, limit) {
      const rows = await db
        .selectFrom('issue_states')
        .select(columns)
        .where('repository', '=', repository)
        .where('due', '<=', now)
        .orderBy('due')
        .limit(limit)
        .execute();
      return decodeAll(rows);
    },

    async commented(repository, limit) {
      const rows = await db
        .selectFrom('issue_states')
        .select(columns)
        .where('repository', '=', repository)
        .where('commented_at', 'is not', null)
        .orderBy('commented_at', 'desc')
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return decodeAll(rows);
    },
  };
}
