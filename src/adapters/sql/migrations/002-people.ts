import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';

/** The table as it was then. */
type Memories = {
  readonly memories: {
    repository: string;
    number: number;
    value: string;
    commented_at: number | null;
  };
};

/** Memories by when we commented, and by when people's reactions are to be read. */
export async function up(tables: Kysely<Tables>): Promise<void> {
  const db = tables.withTables<Memories>();
  const { schema } = db;
  await schema.alterTable('memories').addColumn('commented_at', 'bigint').execute();
  await schema.alterTable('memories').addColumn('due', 'bigint').execute();
  const rows = await db.selectFrom('memories').select(['repository', 'number', 'value']).execute();
  for (const { number, repository, value } of rows) {
    const { comment }: { comment: { at: number } | null } = JSON.parse(value);
    if (comment === null) continue;
    await db
      .updateTable('memories')
      .set({ commented_at: comment.at })
      .where('repository', '=', repository)
      .where('number', '=', number)
      .execute();
  }
  await schema
    .createIndex('memories_by_comment')
    .on('memories')
    .columns(['repository', 'commented_at'])
    .execute();
  await schema.createIndex('memories_by_due').on('memories').columns(['repository', 'due']).execute();
}
