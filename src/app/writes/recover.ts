import { findOwnComment } from '../../act/index.ts';
import type { Comment, Issue } from '../../model/issue.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LabelEvent } from '../../ports/github.ts';
import { Later } from '../../ports/queue.ts';
import type { Intent, Store } from '../../ports/store.ts';

/** A comment that GitHub made may be missing from its lists for a moment: it is looked for twice, so far apart. */
const listsSettleAfter = 15_000;

interface RecoverPorts {
  readonly clock: Clock;
  readonly slug: string;
  readonly store: Pick<Store, 'openIntents' | 'putIssueState' | 'settle'>;
}

/** What is asked of GitHub where the issue alone does not tell. */
interface Reads {
  comments(): Promise<readonly Comment[]>;
  labelEvents(): Promise<readonly LabelEvent[]>;
}

/** One write whose result is unknown, and where to look for what came of it. */
interface Recovery {
  readonly intent: Intent;
  readonly issue: Issue;
  readonly reads: Reads;
  readonly ports: RecoverPorts;
}

/**
 * Looks up on GitHub the writes whose result is unknown, because the process died or no answer came, before anything is
 * written again. Rejects with `Later` while a comment may be on its way into GitHub's lists.
 */
export async function recover(
  before: IssueState,
  issue: Issue,
  reads: Reads,
  ports: RecoverPorts,
): Promise<IssueState> {
  let state = before;
  for (const intent of await ports.store.openIntents(issue.repository, issue.number)) {
    state = await recoverOne(state, { intent, issue, reads, ports });
    await ports.store.putIssueState(state);
    await ports.store.settle(intent.id);
  }
  return state;
}

async function recoverOne(state: IssueState, recovery: Recovery): Promise<IssueState> {
  const { intent, issue } = recovery;
  const { announced } = state.close;
  switch (intent.kind) {
    case 'create-comment':
      return state.comment === null ? findComment(state, recovery) : state;
    case 'add-labels':
      return { ...state, labels: { ...state.labels, added: await addedLabels(state, recovery) } };
    case 'close':
      // Ours, though we never heard so: the way back stays open to the reporter.
      if (issue.stateReason !== 'duplicate' || announced === null) return state;
      return {
        ...state,
        close: { ...state.close, done: { at: intent.at, of: announced.of }, announced: null },
      };
    case 'remove-label':
      if (!(await isRemoved(recovery))) return state;
      return {
        ...state,
        labels: { ...state.labels, added: state.labels.added.filter((label) => label !== intent.key) },
      };
    default:
      return state;
  }
}

/** Believes that there is no comment when it was not there long before either. */
async function findComment(
  state: IssueState,
  { intent, reads, ports: { clock, slug, store } }: Recovery,
): Promise<IssueState> {
  const found = findOwnComment(await reads.comments(), slug);
  if (found !== null) return { ...state, comment: { id: found.id, at: found.createdAt } };
  const before = state.missingComment?.intent === intent.id ? state.missingComment.at : null;
  const now = clock.now();
  if (before !== null && now - before >= listsSettleAfter) return { ...state, missingComment: null };
  const at = before ?? now;
  await store.putIssueState({ ...state, missingComment: { intent: intent.id, at } });
  throw new Later(at + listsSettleAfter, 'a comment may have been made; GitHub\u2019s lists need a moment');
}

/** Labels of ours with those that the write added. */
async function addedLabels(
  { labels }: IssueState,
  recovery: Recovery,
): Promise<IssueState['labels']['added']> {
  const { intent, issue, ports } = recovery;
  const present = lowerCase(issue.labels);
  const asked = intent.key.split('\n');
  const gone = asked.filter((label) => !present.has(label.toLowerCase()));
  // Set by us and gone again: a person was quicker than we, and what they took away stays away.
  const setByUs = gone.length === 0 ? [] : (await setSince(recovery)).filter(isUs);
  const names = lowerCase(setByUs.map(({ label }) => label));
  const added = asked.filter((label) => !gone.includes(label) || names.has(label.toLowerCase()));
  return [...new Set([...labels.added, ...added])];

  function isUs({ by }: LabelEvent): boolean {
    return by.toLowerCase() === `${ports.slug}[bot]`;
  }
}

/** Gone by our own hand, so no person refused it; or a person has set it since, so it is not ours. */
async function isRemoved(recovery: Recovery): Promise<boolean> {
  const { intent, issue } = recovery;
  const removed = intent.key.toLowerCase();
  if (!lowerCase(issue.labels).has(removed)) return true;
  return (await setSince(recovery)).some(({ label }) => label.toLowerCase() === removed);
}

/** Labels set since then, by whomever; GitHub's times are whole seconds. */
async function setSince({ intent, reads }: Recovery): Promise<readonly LabelEvent[]> {
  const second = Math.floor(intent.at / 1000) * 1000;
  return (await reads.labelEvents()).filter((event) => event.what === 'labeled' && event.at >= second);
}

function lowerCase(labels: readonly string[]): ReadonlySet<string> {
  return new Set(labels.map((label) => label.toLowerCase()));
}
