import { refKey } from '../../decide/index.ts';
import type { Scene } from '../context.ts';
import { counts, talliedOf } from './report-count.ts';
import { look } from './triage-issue.ts';

/** Counts the reports of a root anew, and edits its one comment, where the maintainers have switched that on. */
export async function tally(scene: Scene, number: number): Promise<void> {
  const { github, ports, row } = scene;
  const { repository } = row;
  const { config } = await ports.repositories.ground(repository, github);
  if (!config.ledger.onRoot || config.mode === 'observe' || row.paused) return;
  const root = refKey({ repository, number });
  const reports = (await ports.store.memories(repository))
    .filter((memory) => counts(memory) && memory.root != null && refKey(memory.root) === root)
    .map(talliedOf);
  const known = (await ports.store.memory(repository, number))?.notes.tally;
  if (reports.length === 0 && known === undefined) return;
  await look(scene, number, { tally: reports });
}
