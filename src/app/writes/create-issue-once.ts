import type { Issue } from '../../model/issue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { Later } from '../../ports/queue.ts';
import type { Intent, Store } from '../../ports/store.ts';

/** An issue that GitHub made may be missing from its lists for a moment; wait so long before believing it. */
const listsSettleAfter = 15_000;
/** Intents that concern no issue of people. */
const repositoryItself = 0;

/** An issue of ours that has to be there exactly once. */
export interface OneIssue {
  readonly repository: string;
  /** Of its intents: tells what the issue is for. */
  readonly kind: string;
  /** Tells it from others of its kind. */
  readonly key: string;
  /** Whether an issue that we wrote is it, by its hidden line. `since`: it was made then at the earliest, as far as is known. */
  readonly matches: (issue: Issue, since: number) => boolean;
  /** Also looks for it on GitHub where no intent says that it may be there. */
  readonly looksFirst: boolean;
  /** Null: there is nothing to say, so none is made. */
  readonly write: () => Promise<{ readonly title: string; readonly body: string } | null>;
  /** Stores the issue's number, before the intent is settled. `made`: it is new. */
  readonly saveNumber: (number: number, made: boolean) => Promise<void>;
}

export interface CreatePorts {
  readonly store: Pick<Store, 'intend' | 'openIntents' | 'settle'>;
  readonly github: Pick<GitHub, 'issuesBy' | 'createIssue'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The App's slug. */
  readonly slug: string;
}

/** The issue's number; null where none was made: there was nothing to say, or GitHub refused (issues are switched off, say). */
export interface CreatedOnce {
  readonly number: number | null;
  /** What GitHub said. */
  readonly refused?: string;
}

/**
 * Makes an issue once, whatever ends the process: an intent is written before the call, and as long as one is open GitHub is
 * searched for the issue before another is made. Rejects with `Later` while it may be on its way into GitHub's lists, and with
 * the `GitHubError` of a call that may work later (or may have worked).
 */
export async function createIssueOnce(issue: OneIssue, ports: CreatePorts): Promise<CreatedOnce> {
  const { clock, github, slug, store } = ports;
  const { key, kind, repository } = issue;
  const open = (await store.openIntents(repository, repositoryItself)).filter(
    (intent) => intent.kind === kind,
  );
  if (open.length > 0 || issue.looksFirst) {
    const written = await github.issuesBy(repository, `${slug}[bot]`);
    const since = Math.min(...open.map(({ at }) => at)) - listsSettleAfter;
    const found = written.find((one) => issue.matches(one, open.length > 0 ? since : 0));
    if (found !== undefined) {
      await issue.saveNumber(found.number, false);
      await settleAll(open, ports);
      return { number: found.number };
    }
    waitForLists(open, key, clock.now());
  }
  const text = await issue.write();
  if (text === null) {
    await settleAll(open, ports);
    return { number: null };
  }
  const intent = await store.intend({ repository, number: repositoryItself, kind, key, at: clock.now() });
  try {
    const { number } = await github.createIssue(repository, text.title, text.body);
    await issue.saveNumber(number, true);
    await settleAll([...open, { id: intent }], ports);
    return { number };
  } catch (error) {
    // After an unknown answer the intent stays open: the next try looks for the issue first.
    if (!(error instanceof GitHubError) || error.failure === 'unknown') throw error;
    await store.settle(intent);
    if (error.failure !== 'refused') throw error;
    await settleAll(open, ports);
    return { number: null, refused: error.message };
  }
}

function waitForLists(open: readonly Intent[], key: string, now: number): void {
  const young = open.find((intent) => intent.key === key && now - intent.at < listsSettleAfter);
  if (young !== undefined)
    throw new Later(
      young.at + listsSettleAfter,
      'an issue may have been made; GitHub\u2019s lists need a moment',
    );
}

async function settleAll(intents: readonly Pick<Intent, 'id'>[], { store }: CreatePorts): Promise<void> {
  for (const { id } of intents) await store.settle(id);
}
