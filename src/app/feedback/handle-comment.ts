import { disowned, isOurs } from '../../act/index.ts';
import { readCommands, readReply, witness } from '../../learn/index.ts';
import { findSecrets } from '../../report/index.ts';
import type { Scene } from '../context.ts';
import { leaveCount } from '../issues/report-count.ts';
import { look } from '../issues/triage-issue.ts';
import { sendBrakeJob } from '../jobs.ts';
import { askerOf, whoIs } from '../permissions.ts';
import { obey } from './run-commands.ts';

/** A comment was written or edited: commands in it are carried out, once; any other reply may hold what was missing. */
export async function listen(scene: Scene, number: number, id: number): Promise<void> {
  const { github, ports, row } = scene;
  const comment = await github.comment(row.repository, id);
  // What an App writes, for itself or for a person, is not a person's word; answering it makes loops.
  if (comment === null || comment.author.bot || comment.app !== null || isOurs(comment, ports.slug)) return;
  await noticeCredentials(scene, number, comment.body);
  const commands = readCommands(comment.body);
  if (commands.length > 0) {
    await obey(scene, number, comment, commands);
    return;
  }
  const memory = await ports.store.memory(row.repository, number);
  if (memory === null) return;
  const says = memory.comment === null ? 'aside' : readReply(comment.body);
  if (says !== 'aside') {
    const by = await askerOf(comment.author.login, memory.author, row.repository, github);
    const judged = witness(memory, {
      by,
      says,
      signal: 'reply',
      at: comment.createdAt,
      who: whoIs(comment.author.login),
    });
    if (judged !== memory) {
      await look(scene, number, { memory: judged });
      return;
    }
  }
  const asked = memory.found.some((key) => key.startsWith('missing:'));
  if (asked && comment.author.login === memory.author) await look(scene, number);
}

/** A credential in a comment is warned of like one in the issue; only that there was one is remembered. */
async function noticeCredentials(scene: Scene, number: number, body: string): Promise<void> {
  if ((await findSecrets({ title: '', body })).length === 0) return;
  const { ports, row } = scene;
  const memory = await ports.store.memory(row.repository, number);
  if (memory === null || memory.notes.credential === true) return;
  const next = { ...memory, notes: { ...memory.notes, credential: true } };
  await ports.store.putMemory(next);
  await look(scene, number, { memory: next });
}

/** Our comment was deleted: a person wants us gone from this issue. */
export async function mourn(scene: Scene, number: number, id: number): Promise<void> {
  const { ports, row } = scene;
  const memory = await ports.store.memory(row.repository, number);
  if (memory?.comment?.id !== id) return;
  await ports.store.putMemory(disowned(memory));
  await leaveCount(scene, memory);
  await sendBrakeJob(scene);
}
