import type { IssueRef } from '../model/issue.ts';
import type { IssueState, Notice } from '../model/issue-state.ts';
import type { Command } from './commands.ts';

/** What a command asks for, once it is understood. */
export type Order =
  | { readonly do: (typeof plain)[number] }
  | { readonly do: 'duplicate'; readonly of: IssueRef }
  | { readonly do: 'signature'; readonly id: string };

/** Who asks: someone with triage rights, the issue's author, or anybody else. */
export type Asker = 'maintainer' | 'reporter' | 'other';

const plain = [
  'not-this',
  'recheck',
  'reopen',
  'help',
  'not-duplicate',
  'ignore',
  'pause',
  'resume',
] as const;
const forReporters: ReadonlySet<Order['do']> = new Set(['not-this', 'recheck', 'reopen', 'help']);

/** Where a command was written, and what it may name. */
export interface Place extends IssueRef {
  /** Ids and aliases of the known failures. */
  readonly signature: (name: string) => string | null;
}

/** Understands a command; where that fails, what our comment should say about it. */
export function readOrder({ name, argument }: Command, place: Place): Order | { readonly hint: Notice } {
  const word = plain.find((known) => known === name);
  if (word !== undefined) return { do: word };
  if (name === 'duplicate') {
    const of = readIssueRef(argument, place);
    return of === null || isSame(of, place) ? { hint: 'duplicate' } : { do: 'duplicate', of };
  }
  if (name === 'signature') {
    const id = place.signature(argument.toLowerCase());
    return id === null ? { hint: 'signature' } : { do: 'signature', id };
  }
  return { hint: 'unknown' };
}

export function mayOrder(order: Order, asker: Asker): boolean {
  return asker === 'maintainer' || (asker === 'reporter' && forReporters.has(order.do));
}

/** Whether someone may be told what a command should look like: those who could use one. */
export function mayBeTold(asker: Asker): boolean {
  return asker !== 'other';
}

/**
 * The state of the issue once an order is carried out. The next triage of the issue makes comment and labels
 * follow from it. What concerns the repository (`pause`, `resume`) or GitHub (`reopen`) changes nothing here.
 */
export function stateAfterOrder(order: Order, state: IssueState, asker: Asker): IssueState {
  const {
    feedback: { asserted, refused },
  } = state;
  switch (order.do) {
    case 'not-this': {
      // What a maintainer named, only a maintainer takes back.
      const kept = asker === 'maintainer' ? [] : asserted;
      // A credential stands there whatever the failure is.
      const said = [...state.findingKeys, ...asserted].filter(
        (key) => !kept.includes(key) && !key.startsWith('secret:'),
      );
      return {
        ...state,
        feedback: { ...state.feedback, asserted: kept, refused: unique([...refused, ...said]) },
        notice: null,
      };
    }
    case 'not-duplicate':
      return {
        ...state,
        feedback: {
          ...state.feedback,
          asserted: asserted.filter((key) => !key.startsWith('duplicate:')),
          refused: unique([...refused, 'duplicate:*']),
        },
        notice: null,
      };
    case 'duplicate':
    case 'signature': {
      const key =
        order.do === 'signature'
          ? `signature:${order.id}`
          : `duplicate:${order.of.repository}#${order.of.number}`;
      const family = `${order.do}:`;
      return {
        ...state,
        feedback: {
          ...state.feedback,
          asserted: [...asserted.filter((other) => !other.startsWith(family)), key],
          refused: refused.filter((other) => other !== key && other !== `${family}*`),
        },
        ignored: false,
        notice: null,
      };
    }
    case 'ignore':
      return { ...state, ignored: true, notice: null };
    case 'recheck':
      return { ...state, ignored: asker === 'maintainer' ? false : state.ignored };
    case 'help':
      return { ...state, notice: 'help' };
    case 'pause':
    case 'resume':
    case 'reopen':
      return state;
  }
}

/** `#12`, `owner/name#12`, or the URL of an issue; null for anything else. */
function readIssueRef(text: string, here: IssueRef): IssueRef | null {
  const found =
    /^(?:([\w.-]{1,100}\/[\w.-]{1,100}))?#(\d{1,9})$/.exec(text) ??
    /^https:\/\/[\w.-]{1,100}\/([\w.-]{1,100}\/[\w.-]{1,100})\/issues\/(\d{1,9})(?:[/?#]\S{0,200})?$/.exec(
      text,
    );
  const number = Number(found?.[2] ?? 0);
  return number > 0 ? { repository: found?.[1] ?? here.repository, number } : null;
}

function isSame(a: IssueRef, b: IssueRef): boolean {
  return a.number === b.number && a.repository.toLowerCase() === b.repository.toLowerCase();
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
