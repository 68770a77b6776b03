import { type Asker, readReply, type Sign, witnessAll } from '../../learn/index.ts';
import type { Memory } from '../../model/memory.ts';
import type { Standing } from '../../ports/github.ts';
import type { Scene } from '../context.ts';
import { askerOf, whoIs } from '../permissions.ts';

/** Memory with every reaction, reply, un-mark and reopen that GitHub shows. */
export async function judge(
  memory: Memory,
  standing: Standing | null,
  { github, row }: Scene,
): Promise<Memory> {
  if (standing === null || memory.comment === null) return memory;
  const signs: Sign[] = [];
  const { author, comment } = memory;
  // A protest counts whoever makes it; only agreement needs somebody who may agree, and few agree.
  const whose = async (login: string, says: Sign['says']): Promise<Asker> => {
    if (login.toLowerCase() === author.toLowerCase()) return 'reporter';
    return says === 'agrees' ? askerOf(login, author, row.repository, github) : 'other';
  };
  const since = comment.at - 1_000;
  const known = Math.max(0, ...(memory.verdicts ?? []).map(({ at }) => at));
  for (const { at, by, content } of standing.reactions) {
    if (at <= known || at < since) continue;
    const says = content === '-1' || content === 'confused' ? 'protests' : 'agrees';
    signs.push({ at, by: await whose(by, says), says, signal: 'reaction', who: whoIs(by) });
  }
  for (const { at, body, bot, by } of standing.replies) {
    if (bot || at <= known || at < since || /^\s*\/signpost\b/.test(body)) continue;
    const says = readReply(body);
    if (says !== 'aside')
      signs.push({ at, by: await whose(by, says), says, signal: 'reply', who: whoIs(by) });
  }
  for (const { at, what } of standing.undone) {
    if (at <= known || at < since) continue;
    // Only people with triage rights can do these.
    signs.push({ at, by: 'maintainer', says: 'protests', signal: what === 'reopened' ? 'reopen' : 'mark' });
  }
  return witnessAll(memory, signs);
}
