import type { Delivery } from '../../model/delivery.ts';
import type { NewJob } from '../../ports/queue.ts';
import type { Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { clean } from '../sql/text.ts';
import { inBatches } from './batches.ts';

interface Arrival {
  readonly delivery: Delivery;
  readonly work: readonly NewJob[];
}

/** The deliveries, whose GUIDs tell a redelivery from a new one; those that come close together share a transaction. */
export function inbox({ batchDelay, write }: Database, jobs: JobStore): Pick<Store, 'accept' | 'prune'> {
  const acceptAll = (arrivals: readonly Arrival[]): Promise<readonly boolean[]> =>
    write(async (trx) => {
      const inserted = await trx
        .insertInto('deliveries')
        .values(
          arrivals.map(({ delivery: { receivedAt, ...columns } }) => ({
            ...columns,
            received_at: receivedAt,
          })),
        )
        .onConflict((conflict) => conflict.column('guid').doNothing())
        .returning('guid')
        .execute();
      const unseen = new Set(inserted.map(({ guid }) => guid));
      // Of two with one GUID the first is new.
      const fresh = arrivals.map(({ delivery }) => unseen.delete(clean(delivery.guid)));
      const work = arrivals.flatMap(({ delivery, work }, at) =>
        fresh[at] ? work.map((job) => ({ ...job, attempts: 0, createdAt: delivery.receivedAt })) : [],
      );
      if (work.length > 0) await jobs.enqueue(trx, work);
      return fresh;
    });
  const accept = inBatches(acceptAll, batchDelay);
  return {
    accept: (delivery, work) => accept({ delivery, work }),

    prune: (before) =>
      write(async (trx) => {
        const gone = await trx.deleteFrom('deliveries').where('received_at', '<', before).executeTakeFirst();
        await trx.deleteFrom('intents').where('settled', '=', 1).where('at', '<', before).execute();
        return Number(gone.numDeletedRows);
      }),
  };
}
