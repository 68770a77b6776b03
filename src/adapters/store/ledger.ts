import type { Selectable } from 'kysely';
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';

/** What happened, and the writes whose result is not known yet. */
export function ledger({
  db,
  writeOne,
  writeOneSoon,
}: Database): Pick<Store, 'record' | 'ledger' | 'intend' | 'settle' | 'commentsSince' | 'openIntents'> {
  return {
    record: ({ at, repository, number, cause, mode, findings, plan, calls }) =>
      writeOneSoon(async (one) => {
        const json = { findings: toJson(findings), plan: toJson(plan), calls: toJson(calls) };
        const row = await one
          .insertInto('ledger')
          .values({ at, repository, number, cause, mode, ...json })
          .returning('id')
          .executeTakeFirstOrThrow();
        return row.id;
      }),

    async ledger({ repository, number, since, until }) {
      let query = db.selectFrom('ledger').selectAll().where('repository', '=', repository);
      if (number !== undefined) query = query.where('number', '=', number);
      if (since !== undefined) query = query.where('at', '>=', since);
      if (until !== undefined) query = query.where('at', '<', until);
      const rows = await query.orderBy('at').orderBy('id').execute();
      return rows.map(ledgerEntry);
    },

    intend: ({ repository, number, kind, key, at }) =>
      writeOne(async (one) => {
        const row = await one
          .insertInto('intents')
          .values({ repository, number, kind, key, at, settled: 0 })
          .returning('id')
          .executeTakeFirstOrThrow();
        return row.id;
      }),

    settle: (id) =>
      writeOneSoon(async (one) => {
        await one.updateTable('intents').set({ settled: 1 }).where('id', '=', id).execute();
      }),

    async commentsSince(repository, since) {
      const { comments } = await db
        .selectFrom('intents')
        .select((e) => e.fn.countAll<number>().as('comments'))
        .where('repository', '=', repository)
        .where('kind', '=', 'create-comment')
        .where('settled', '=', 1)
        .where('at', '>=', since)
        .executeTakeFirstOrThrow();
      return comments;
    },

    openIntents: (repository, number) =>
      db
        .selectFrom('intents')
        .select(['id', 'repository', 'number', 'kind', 'key', 'at'])
        .where('repository', '=', repository)
        .where('number', '=', number)
        .where('settled', '=', 0)
        .orderBy('id')
        .execute(),
  };
}

function ledgerEntry(row: Selectable<Tables['ledger']>): LedgerEntry {
  return {
    id: row.id,
    at: row.at,
    repository: row.repository,
    number: row.number,
    cause: row.cause,
    mode: row.mode,
    findings: JSON.parse(row.findings),
    plan: JSON.parse(row.plan),
    calls: JSON.parse(row.calls),
  };
}
