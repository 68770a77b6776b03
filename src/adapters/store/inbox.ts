import type { Store } from '../../ports/store.ts';
import type { Jobs } from '../queue/jobs.ts';
import type { Database } from './database.ts';

/** The deliveries, whose GUIDs tell a redelivery from a new one. */
export function inbox({ write }: Database, jobs: Jobs): Pick<Store, 'accept' | 'prune'> {
  return {
    accept: (delivery, work) =>
      write(async (trx) => {
        const { receivedAt, ...columns } = delivery;
        const inserted = await trx
          .insertInto('deliveries')
          .values({ ...columns, received_at: receivedAt })
          .onConflict((conflict) => conflict.column('guid').doNothing())
          .executeTakeFirst();
        if (Number(inserted.numInsertedOrUpdatedRows) === 0) return false;
        await jobs.enqueue(
          trx,
          work.map((job) => ({ ...job, attempts: 0, createdAt: receivedAt })),
        );
        return true;
      }),

    prune: (before) =>
      write(async (trx) => {
        const gone = await trx.deleteFrom('deliveries').where('received_at', '<', before).executeTakeFirst();
        await trx.deleteFrom('intents').where('settled', '=', 1).where('at', '<', before).execute();
        return Number(gone.numDeletedRows);
      }),
  };
}
