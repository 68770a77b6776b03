import { isOurs, readMarker } from '../act/index.ts';
import { announces, asClosed, candidateOf, closeGuard, refKey } from '../decide/index.ts';
import { type Asker, nextPoll, readReply, type Sign } from '../learn/index.ts';
import type { Config } from '../model/config.ts';
import type { Thread } from '../model/issue.ts';
import type { Memory } from '../model/memory.ts';
import type { Standing } from '../ports/github.ts';
import type { NewJob } from '../ports/queue.ts';
import { askerOf, sweepJob, whoIs, witnessAll } from './people.ts';
import { recover } from './recover.ts';
import type { Scene } from './scene.ts';
import { deskOf, write } from './write.ts';

/** As many as one sweep reads: ten calls. */
const most = 1_000;
const day = 86_400_000;
/** When the day's closes are used up, the rest is looked at again after so long. */
const later = day / 4;
const closing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/**
 * Reads what people said to our comments whose time has come, a hundred a call, and finds those whose announced close is
 * due. Each is then looked at by a job of its own, which looks again before it writes.
 */
export async function sweep(scene: Scene): Promise<void> {
  const { github, ports, row } = scene;
  const { clock, store } = ports;
  const { repository } = row;
  const { config } = await ports.repositories.ground(repository, github);
  const due = await store.due(repository, clock.now(), most);
  const asked = due.filter(({ comment }) => comment?.node !== undefined);
  const found = await github.standings(asked.map(({ comment }) => comment?.node ?? ''));
  const standings = new Map(asked.map(({ number }, index) => [number, found[index] ?? null]));
  const jobs: NewJob[] = [];
  let room = config.mode === 'act' ? config.close.atMostPerDay - (await closedToday(scene)) : 0;
  for (const { number } of due) {
    const standing = standings.get(number) ?? null;
    const memory = await store.memory(repository, number);
    if (memory === null) continue;
    const after = await judge(memory, standing, scene);
    const now = clock.now();
    const closes = after.closing != null && after.closing.at <= now && mayClose(after, standing, config);
    const next = memory.comment === null ? null : nextPoll(memory.comment.at, now);
    const upcoming =
      after.closing == null
        ? null
        : after.closing.at > now
          ? after.closing.at
          : closes && room <= 0
            ? now + later
            : null;
    const times = [next, upcoming].filter((time) => time !== null);
    const at = times.length > 0 ? Math.min(...times) : null;
    await store.putMemory({ ...after, due: at, notes: { ...after.notes, swept: at } });
    if (at !== null) jobs.push(sweepJob(repository, row.installation, at));
    if (closes && room > 0) {
      room -= 1;
      jobs.push(issueJob('close', scene, number));
    }
    if (changed(memory, after)) jobs.push(issueJob('triage', scene, number));
  }
  if (due.length === most) jobs.push(sweepJob(repository, row.installation, clock.now()));
  await ports.send(unique(jobs));
}

/** Closes one issue whose time has come, if nothing stands against it now: the comment first, then the close. */
export async function close(scene: Scene, number: number): Promise<void> {
  const { github, ports, row } = scene;
  const { clock, log, slug, store } = ports;
  const { repository } = row;
  const [memory, issue] = [await store.memory(repository, number), await github.issue(repository, number)];
  if (memory?.closing == null || memory.comment === null || issue === null || row.paused) return;
  const { config } = await ports.repositories.ground(repository, github);
  const [standing = null] = await github.standings([memory.comment.node ?? '']);
  const recovered = await recover(
    memory,
    issue,
    {
      comments: () => github.comments(repository, number),
      labelEvents: () => github.labelEvents(repository, number),
    },
    ports,
  );
  if (recovered.closed != null) return;
  const after = await judge(recovered, standing, scene);
  const comment = await github.comment(repository, memory.comment.id);
  const target = (await github.threads([memory.closing.of]))[0] ?? null;
  const of = target === null ? null : await github.issue(target.repository, target.number);
  const why =
    comment === null || !isOurs(comment, slug) || !announces(comment.body, memory.closing.of, issue)
      ? 'the comment does not announce it'
      : !mayClose(after, standing, config)
        ? 'somebody has objected, or may have'
        : (closeGuard(candidateOf(issue), after, config) ?? (await targetGuard(target, of, issue.createdAt)));
  const today = await closedToday(scene);
  if (why === null && today >= config.close.atMostPerDay) {
    await store.putMemory({ ...after, due: clock.now() + later });
    await ports.send([sweepJob(repository, row.installation, clock.now() + later)]);
    return;
  }
  if (why !== null || of === null || comment === null) {
    log.info({ repository, issue: number, why }, 'not closed');
    await store.putMemory({ ...after, closing: null });
    await ports.send([issueJob('triage', scene, number)]);
    return;
  }
  const body = asClosed(readMarker(comment.body)?.body ?? '', memory.closing.of, issue);
  const because = `a person confirmed that it duplicates ${refKey(memory.closing.of)}, announced ${new Date(memory.closing.announcedAt).toISOString()}`;
  const { memory: closed } = await write(
    await deskOf(scene),
    [
      { kind: 'comment', body, because },
      { kind: 'close', of: memory.closing.of, id: of.id, because },
    ],
    { labels: issue.labels, state: issue.state, comment },
    after,
  );
  await store.putMemory(closed);
}

async function closedToday({ ports, row }: Scene): Promise<number> {
  const since = ports.clock.now() - day;
  const recent = await ports.store.ledger({ repository: row.repository, since });
  return recent.filter(
    ({ plan, calls }) =>
      plan.actions.some(({ kind }) => kind === 'close') && calls.some(({ route }) => route === closing),
  ).length;
}

/** The target must still be an open, older, unlocked issue that is no duplicate itself. */
async function targetGuard(
  target: Thread | null,
  of: { readonly id: number } | null,
  createdAt: number,
): Promise<string | null> {
  const fine =
    target !== null &&
    of !== null &&
    of.id > 0 &&
    !target.pullRequest &&
    target.state === 'open' &&
    !target.locked &&
    target.duplicateOf === null &&
    target.createdAt < createdAt;
  return fine ? null : 'the thread it would point to is not open, older and unlocked';
}

/** What could be seen of people's opinion leaves the close standing. */
function mayClose(memory: Memory, standing: Standing | null, config: Config): boolean {
  if (standing === null || standing.repliesCut) return false;
  return closeGuard(standing, memory, config) === null;
}

/** Memory with every reaction, reply, un-mark and reopen that GitHub shows. */
async function judge(memory: Memory, standing: Standing | null, { github, row }: Scene): Promise<Memory> {
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

function changed(before: Memory, after: Memory): boolean {
  return before.verdicts?.length !== after.verdicts?.length || before.neverClose !== after.neverClose;
}

function issueJob(kind: string, { row }: Scene, number: number): NewJob {
  const { installation, repository } = row;
  return {
    kind,
    repository,
    key: `${repository}#${number}`,
    installation,
    data: { number },
    priority: 50,
    notBefore: 0,
  };
}

/** One sweep for all that are due at the same time. */
function unique(jobs: readonly NewJob[]): NewJob[] {
  return [...new Map(jobs.map((job) => [`${job.kind} ${job.key} ${job.notBefore}`, job])).values()];
}
