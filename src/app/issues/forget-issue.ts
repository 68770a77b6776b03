import type { Services } from '../context.ts';
import type { JobOf } from '../jobs.ts';
import { readableState } from './readable-state.ts';
import { leaveReportCount } from './report-count.ts';
import { transferState } from './transfer.ts';

/** An issue was deleted or transferred: everything that is kept of it goes, its words in the index included. */
export async function forgetIssue(job: JobOf<'forget-issue'>, services: Services): Promise<void> {
  const { histories, store } = services;
  const { data, repository } = job;
  const row = await store.repository(repository);
  if (row !== null)
    await leaveReportCount({ services, row }, await readableState(store, repository, data.number));
  await transferState(job, services);
  await store.forgetIssue(repository, data.number);
  await histories.forget(repository, data.number);
}
