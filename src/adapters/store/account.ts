import type { Budget } from '../../ports/budget.ts';
import type { Database } from '../sql/database.ts';
import { toJson } from '../sql/text.ts';
import { type Account, block, contentLeft, emptyAccount, observe, requestsLeft, reserve } from './budget.ts';

interface Change {
  compute(account: Account): { readonly account: Account; done(): void };
  reject(error: unknown): void;
}

/** An account as it stood at a revision in the store. */
interface Known {
  readonly account: Account;
  readonly revision: number;
}

/**
 * The budget in the store: compute, and write only if nobody wrote in between. What this process read or wrote
 * last is tried first, for mostly it alone works for an installation.
 */
export function openBudget({ db, writeOneSoon }: Database): Budget {
  async function read(installation: number): Promise<Known> {
    const row = await db
      .selectFrom('budgets')
      .select(['value', 'revision'])
      .where('installation', '=', installation)
      .executeTakeFirst();
    if (row === undefined) return { account: emptyAccount, revision: 0 };
    return { account: JSON.parse(row.value), revision: row.revision };
  }

  /** True when the account was still at `revision`. */
  function replace(installation: number, account: Account, revision: number): Promise<boolean> {
    const columns = { value: toJson(account), revision: revision + 1 };
    return writeOneSoon(async (one) => {
      const result =
        revision === 0
          ? await one
              .insertInto('budgets')
              .values({ installation, ...columns })
              .onConflict((conflict) => conflict.doNothing())
              .executeTakeFirst()
              .then((inserted) => inserted.numInsertedOrUpdatedRows)
          : await one
              .updateTable('budgets')
              .set(columns)
              .where('installation', '=', installation)
              .where('revision', '=', revision)
              .executeTakeFirst()
              .then((updated) => updated.numUpdatedRows);
      return Number(result) > 0;
    });
  }

  const waiting = new Map<number, Change[]>();
  const known = new Map<number, Known>();

  /** All changes that wait for the account are made at once. */
  async function drain(installation: number, changes: Change[]): Promise<void> {
    try {
      while (changes.length > 0) {
        const remembered = known.get(installation);
        const { account, revision } = remembered ?? (await read(installation));
        const batch = [...changes];
        const done: (() => void)[] = [];
        let next = account;
        for (const { compute } of batch) {
          const step = compute(next);
          next = step.account;
          done.push(step.done);
        }
        known.delete(installation);
        if (next !== account) {
          if (!(await replace(installation, next, revision))) continue;
          known.set(installation, { account: next, revision: revision + 1 });
          // A refusal may rest on what was true a while ago: it is not given before the store was asked.
        } else if (remembered !== undefined) continue;
        changes.splice(0, batch.length);
        for (const tell of done) tell();
      }
    } catch (error) {
      for (const { reject } of changes) reject(error);
    } finally {
      waiting.delete(installation);
    }
  }

  function change<T>(
    installation: number,
    compute: (account: Account) => { readonly account: Account; readonly result: T },
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const step: Change = {
        compute(account) {
          const { account: next, result } = compute(account);
          return { account: next, done: () => resolve(result) };
        },
        reject,
      };
      const others = waiting.get(installation);
      if (others !== undefined) {
        others.push(step);
        return;
      }
      const changes = [step];
      waiting.set(installation, changes);
      void drain(installation, changes);
    });
  }

  return {
    reserve: (installation, cost, now) =>
      change(installation, (account) => {
        const { account: next, reservation } = reserve(account, cost, now);
        return { account: next, result: reservation };
      }),
    async observe(installation, seen) {
      const account = known.get(installation)?.account;
      // An account only moves on: what is no news to an older one is none to the store's.
      if (account !== undefined && observe(account, seen) === account) return;
      await change(installation, (before) => ({ account: observe(before, seen), result: undefined }));
    },
    block: (installation, until) =>
      change(installation, (account) => ({ account: block(account, until), result: undefined })),
    async left(installation, now) {
      const { account } = await read(installation);
      return { requests: requestsLeft(account, now), content: contentLeft(account, now) };
    },
  };
}
