import type { Account, Actor, Comment, Issue } from '../state.ts';
import { isIssue } from '../state.ts';
import type { World } from '../world.ts';
import { account } from '../world.ts';
import { touch } from './issue.ts';

/** Somebody who was mentioned, and where. */
export interface Mention {
  readonly account: Account;
  readonly issue: Issue;
  readonly comment: Comment | null;
}

const entities: Readonly<Record<string, string>> = {
  '&#64;': '@',
  '&#x40;': '@',
  '&commat;': '@',
  '&#35;': '#',
  '&#x23;': '#',
  '&num;': '#',
};

/** Without fenced blocks; one that is not closed goes to the end. */
function withoutFences(text: string): string {
  const kept: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') {
      fence = mark;
      if (mark === '') kept.push(line);
    } else if (mark.startsWith(fence)) fence = '';
  }
  return kept.join('\n');
}

/** Without code spans: a run of back-ticks up to the next one of the same length in the paragraph. */
function withoutSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/`+/g)].map(({ 0: run, index }) => ({
    start: index,
    end: index + run.length,
  }));
  const nextOfLength = new Map<number, number>();
  const closing = runs.map(() => -1);
  for (let n = runs.length - 1; n >= 0; n--) {
    const length = runs[n]!.end - runs[n]!.start;
    closing[n] = nextOfLength.get(length) ?? -1;
    nextOfLength.set(length, n);
  }
  let kept = '';
  let from = 0;
  for (let n = 0; n < runs.length; n++) {
    const close = closing[n]!;
    if (close < 0) continue;
    kept += paragraph.slice(from, runs[n]!.start);
    from = runs[close]!.end;
    n = close;
  }
  return kept + paragraph.slice(from);
}

/** The text that GitHub reads names and numbers in: no code, no HTML comments, entities as characters. */
function spoken(text: string): string {
  return withoutFences(text)
    .split(/\n[ \t]*\n/)
    .map(withoutSpans)
    .join('\n\n')
    .replace(/<!--[\s\S]*?(?:-->|(?![\s\S]))/g, '')
    .replace(/&(?:#64|#x40|commat|#35|#x23|num);/gi, (entity) => entities[entity.toLowerCase()] ?? entity);
}

/** Logins that a text notifies. */
function mentioned(text: string): readonly string[] {
  const names = spoken(text).matchAll(/(?<![\w`/@.-])@([a-z\d](?:[a-z\d-]{0,37}[a-z\d])?)(?![\w-])/gi);
  return [...new Set([...names].map((found) => found[1]!.toLowerCase()))];
}

const reference =
  /(?:https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)|(?<![\w&/.-])([\w.-]+\/[\w.-]+)?#(\d+)(?!\w))/g;

/** Issues that a text names: `#n`, `owner/name#n`, an address. */
export function referenced(world: World, here: Issue, text: string): readonly Issue[] {
  const found = new Set<Issue>();
  for (const [, inUrl, urlNumber, name, number] of spoken(text).matchAll(reference)) {
    const full = inUrl ?? name;
    const repository = full === undefined ? here.repository : world.repositories.get(full.toLowerCase());
    const entry = repository?.issues.get(Number(urlNumber ?? number));
    if (isIssue(entry) && entry !== here) found.add(entry);
  }
  return [...found];
}

/** What GitHub does with a new text: notifies those mentioned, and leaves cross-references where it points. */
export function publish(
  world: World,
  actor: Actor,
  issue: Issue,
  comment: Comment | null,
  text: string,
): void {
  for (const login of mentioned(text))
    if (world.accounts.has(login)) world.mentions.push({ account: account(world, login), issue, comment });
  for (const target of referenced(world, issue, text)) {
    const known = target.events.some(({ kind, source }) => kind === 'cross-referenced' && source === issue);
    if (known) continue;
    target.events.push({
      id: world.nextId(),
      kind: 'cross-referenced',
      actor: actor.account,
      app: actor.app,
      at: world.clock.now(),
      source: issue,
    });
    touch(world, target);
  }
}
