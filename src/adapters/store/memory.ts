import type { RepositoryRow, Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';

/** Repositories the App is installed on, and what is remembered of their issues. */
export function memory({
  db,
  writeOne,
  writeOneSoon,
}: Database): Pick<
  Store,
  'repository' | 'repositories' | 'putRepository' | 'memory' | 'memories' | 'putMemory' | 'due' | 'commented'
> {
  return {
    async repository(name) {
      const row = await db
        .selectFrom('repositories')
        .selectAll()
        .where('repository', '=', name)
        .executeTakeFirst();
      return row === undefined ? null : repositoryRow(row);
    },

    async repositories() {
      const rows = await db.selectFrom('repositories').selectAll().orderBy('repository').execute();
      return rows.map(repositoryRow);
    },

    putRepository: ({ repository, installation, installedAt, paused }) =>
      writeOne(async (one) => {
        const changing = { installation, paused: paused ? 1 : 0 } as const;
        await one
          .insertInto('repositories')
          .values({ repository, installed_at: installedAt, ...changing })
          .onConflict((conflict) => conflict.column('repository').doUpdateSet(changing))
          .execute();
      }),

    async memory(repository, number) {
      const row = await db
        .selectFrom('memories')
        .select('value')
        .where('repository', '=', repository)
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined ? null : JSON.parse(row.value);
    },

    async memories(repository) {
      const rows = await db
        .selectFrom('memories')
        .select('value')
        .where('repository', '=', repository)
        .orderBy('number')
        .execute();
      return rows.map(({ value }) => JSON.parse(value));
    },

    putMemory: (remembered) =>
      writeOneSoon(async (one) => {
        const { repository, number } = remembered;
        const value = toJson(remembered);
        const due = remembered.due ?? null;
        const commented_at = remembered.comment?.at ?? null;
        await one
          .insertInto('memories')
          .values({ repository, number, value, commented_at, due })
          .onConflict((conflict) =>
            conflict.columns(['repository', 'number']).doUpdateSet({
              value,
              due,
              // A comment that was deleted was made all the same.
              ...(commented_at === null ? {} : { commented_at }),
            }),
          )
          .execute();
      }),

    async due(repository, now, limit) {
      const rows = await db
        .selectFrom('memories')
        .select('value')
        .where('repository', '=', repository)
        .where('due', '<=', now)
        .orderBy('due')
        .limit(limit)
        .execute();
      return rows.map(({ value }) => JSON.parse(value));
    },

    async commented(repository, limit) {
      const rows = await db
        .selectFrom('memories')
        .select('value')
        .where('repository', '=', repository)
        .where('commented_at', 'is not', null)
        .orderBy('commented_at', 'desc')
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ value }) => JSON.parse(value));
    },
  };
}

function repositoryRow(row: Tables['repositories']): RepositoryRow {
  return {
    repository: row.repository,
    installation: row.installation,
    installedAt: row.installed_at,
    paused: row.paused === 1,
  };
}
