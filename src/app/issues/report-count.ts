import type { CountedReport } from '../../model/counted-report.ts';
import type { Memory } from '../../model/memory.ts';
import type { JobContext } from '../context.ts';
import { newJob } from '../jobs.ts';

/** In a storm of reports the root's comment is edited once in so many milliseconds. */
const together = 600_000;

/** Sees to it that roots are counted anew when what an issue adds to their count has changed. */
export async function scheduleReportCount(context: JobContext, memory: Memory): Promise<Memory> {
  const { services: ports, row } = context;
  const now = keyOf(memory);
  const before = typeof memory.notes.tallied === 'string' ? memory.notes.tallied : '';
  if (now === before) return memory;
  const roots = new Set([now, before].filter((key) => key !== '').map((key) => Number(key.split(' ')[0])));
  for (const root of roots) await sendCountJob(context, root);
  const next = { ...memory, notes: { ...memory.notes, tallied: now } };
  await ports.store.putMemory(next);
  return next;

  /** The root, and what is counted there; empty where nothing is. Only at home: other places may be private. */
  function keyOf(one: Memory): string {
    if (!counts(one) || one.root?.repository.toLowerCase() !== row.repository.toLowerCase()) return '';
    const { platform, version } = countedReportOf(one);
    return `${one.root.number} ${version ?? ''} ${platform ?? ''}`;
  }
}

/** An issue is gone, or our comment on it: it leaves the count. */
export async function leaveReportCount(
  context: Pick<JobContext, 'services' | 'row'>,
  memory: Memory | null,
): Promise<void> {
  if (memory?.root == null || memory.notes.tallied === undefined) return;
  await sendCountJob(context, memory.root.number);
}

export function readCountedReports(value: unknown): readonly CountedReport[] {
  return Array.isArray(value) ? value : [];
}

/** Our comment there points to a root, and nobody has said that this is wrong. */
export function counts({ comment, ignored, root, verdicts = [] }: Memory): boolean {
  if (comment === null || ignored || root == null) return false;
  return !verdicts.some(
    ({ finding, kind, signal }) =>
      kind !== 'confirmed' && signal !== 'doubt' && /^(signature|duplicate):/.test(finding),
  );
}

export function countedReportOf({ facts, number }: Memory): CountedReport {
  return { number, version: facts.version ?? null, platform: facts.platform ?? null };
}

/** One job for all that changes until it runs. */
async function sendCountJob(
  { services: ports, row }: Pick<JobContext, 'services' | 'row'>,
  number: number,
): Promise<void> {
  const { repository } = row;
  const notBefore = (Math.floor(ports.clock.now() / together) + 1) * together;
  const sent = `tally:${repository}#${number}`;
  if ((await ports.store.get(sent)) === notBefore) return;
  await ports.send([newJob('count-reports', row, { number }, { notBefore })]);
  await ports.store.put(sent, notBefore);
}
