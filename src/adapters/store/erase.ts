import { sql } from 'kysely';
import type { Store } from '../../ports/store.ts';
import type { Database, Transaction } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { pattern, type Rewrite, renaming, rewriteMentions, unlinking } from './mentions.ts';

/** What a text that named something erased says instead; not a name that GitHub gives out. */
const erased = 'erased/erased';

const ofRepository = [
  'deliveries',
  'repositories',
  'issue_states',
  'ledger',
  'intents',
  'dead_jobs',
] as const;
const ofIssue = ['deliveries', 'issue_states', 'ledger', 'intents'] as const;

/** Forgetting and renaming reach every table, the texts that mention the name in other rows included. */
export function erasing(
  { write }: Database,
  jobs: JobStore,
): Pick<Store, 'renameRepository' | 'forgetRepository' | 'forgetIssue'> {
  return {
    renameRepository: (from, to) =>
      write(async (trx) => {
        const rewrite = renaming(from, to);
        await makeRoom(trx, from, to);
        for (const table of ofRepository)
          await sql`update ${sql.table(table)} set repository = ${to} where repository = ${from}`.execute(
            trx,
          );
        await jobs.rename(trx, from, to, rewrite);
        await rewriteKeys(trx, from, rewrite);
        await rewriteMentions(trx, [from], rewrite);
      }),

    forgetRepository: (name) =>
      write(async (trx) => {
        const rewrite = renaming(name, erased);
        for (const table of ofRepository)
          await sql`delete from ${sql.table(table)} where repository = ${name}`.execute(trx);
        await jobs.forget(trx, name);
        await rewriteKeys(trx, name, rewrite);
        await rewriteMentions(trx, [name], rewrite);
      }),

    forgetIssue: (repository, number) =>
      write(async (trx) => {
        for (const table of ofIssue)
          await sql`
            delete from ${sql.table(table)} where repository = ${repository} and number = ${number}
          `.execute(trx);
        await trx.deleteFrom('dead_jobs').where('key', '=', `${repository}#${number}`).execute();
        await jobs.forget(trx, repository, number);
        const needles = ['#', '/issues/', '/pull/'].map((mark) => `${repository}${mark}${number}`);
        await rewriteMentions(trx, needles, unlinking(repository, number, `${erased}#0`));
      }),
  };
}

/** Events under the new name may come first; what is remembered under the old one is longer, and wins. */
async function makeRoom(trx: Transaction, from: string, to: string): Promise<void> {
  await trx
    .deleteFrom('issue_states')
    .where('repository', '=', to)
    .where('number', 'in', (e) =>
      e.selectFrom('issue_states').select('number').where('repository', '=', from),
    )
    .execute();
  await trx
    .deleteFrom('repositories')
    .where('repository', '=', to)
    .where((e) =>
      e.exists(
        e.selectFrom('repositories as old').select('old.installation').where('old.repository', '=', from),
      ),
    )
    .execute();
}

/** Keys name repositories too: `index:owner/name`, `owner/name#n`. An erased one takes its row along. */
async function rewriteKeys(trx: Transaction, name: string, rewrite: Rewrite): Promise<void> {
  for (const table of ['state', 'blobs', 'dead_jobs', 'intents'] as const) {
    const rows = await sql<{ key: string }>`
      select distinct key from ${sql.table(table)} where lower(key) like ${pattern(name)} escape '!'
    `.execute(trx);
    for (const { key } of rows.rows) {
      const renamed = rewrite(key);
      if (renamed === key) continue;
      if (String(renamed).includes(erased))
        await sql`delete from ${sql.table(table)} where key = ${key}`.execute(trx);
      else {
        if (table === 'state' || table === 'blobs')
          await sql`delete from ${sql.table(table)} where key = ${renamed}`.execute(trx);
        await sql`update ${sql.table(table)} set key = ${renamed} where key = ${key}`.execute(trx);
      }
    }
  }
  const dead = await trx
    .selectFrom('dead_jobs')
    .select(['id', 'error'])
    .where((e) => sql<boolean>`lower(${e.ref('error')}) like ${pattern(name)} escape '!'`)
    .execute();
  for (const { id, error } of dead)
    await trx
      .updateTable('dead_jobs')
      .set({ error: String(rewrite(error)) })
      .where('id', '=', id)
      .execute();
}
