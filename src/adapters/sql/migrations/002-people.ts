import type { Kysely } from 'kysely';
import type { Memory } from '../../../model/memory.ts';
import type { Tables } from '../schema.ts';

/** Memories by when we commented, and by when people's reactions are to be read. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('memories').addColumn('commented_at', 'bigint').execute();
  await schema.alterTable('memories').addColumn('due', 'bigint').execute();
  const rows = await db.selectFrom('memories').select(['repository', 'number', 'value']).execute();
  for (const { number, repository, value } of rows) {
    const { comment }: Memory = JSON.parse(value);
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
