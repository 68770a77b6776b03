import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';

/**
 * `memories` becomes `issue_states`. Rows are brought to the new shape when they are read; under the new name a process of
 * an earlier version, which would half understand them, cannot read or write any.
 */
export async function up({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('memories').renameTo('issue_states').execute();
  await schema.dropIndex('memories_by_comment').execute();
  await schema.dropIndex('memories_by_due').execute();
  await schema
    .createIndex('issue_states_by_comment')
    .on('issue_states')
    .columns(['repository', 'commented_at'])
    .execute();
  await schema.createIndex('issue_states_by_due').on('issue_states').columns(['repository', 'due']).execute();
}
