import type { RepositoryRow, Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import type { Tables } from '../sql/schema.ts';

/** The repositories that the App is installed on. */
export function repositories({
  db,
  writeOne,
}: Pick<Database, 'db' | 'writeOne'>): Pick<Store, 'repository' | 'repositories' | 'putRepository'> {
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
