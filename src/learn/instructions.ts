import type { IssueRef } from '../model/issue.ts';
import type { IssueState, Notice } from '../model/issue-state.ts';
import type { Command } from './commands.ts';

/** An interpreted command. */
export type Instruction =
  | { readonly do: (typeof plainCommands)[number] }
  | { readonly do: 'duplicate'; readonly of: IssueRef }
  | { readonly do: 'signature'; readonly id: string };

/** Somebody with triage rights, the issue's author, or anybody else. */
export type Role = 'maintainer' | 'reporter' | 'other';

const plainCommands = [
  'not-this',
  'recheck',
  'reopen',
  'help',
  'not-duplicate',
  'ignore',
  'pause',
  'resume',
] as const;
const reporterCommands: ReadonlySet<Instruction['do']> = new Set(['not-this', 'recheck', 'reopen', 'help']);

/** The issue on which a command was written, and the failures that it may name. */
export interface CommandContext extends IssueRef {
  /** Resolves an id or alias of a known failure to its id; null for an unknown name. */
  readonly signature: (name: string) => string | null;
}

/** Interprets a command; returns the hint to show where it cannot. */
export function interpretCommand(
  { name, argument }: Command,
  context: CommandContext,
): Instruction | { readonly hint: Notice } {
  const plain = plainCommands.find((known) => known === name);
  if (plain !== undefined) return { do: plain };
  if (name === 'duplicate') {
    const of = readIssueRef(argument, context);
    return of === null || isSame(of, context) ? { hint: 'duplicate' } : { do: 'duplicate', of };
  }
  if (name === 'signature') {
    const id = context.signature(argument.toLowerCase());
    return id === null ? { hint: 'signature' } : { do: 'signature', id };
  }
  return { hint: 'unknown' };
}

/** Whether a role may give an instruction. */
export function isPermitted(instruction: Instruction, role: Role): boolean {
  return role === 'maintainer' || (role === 'reporter' && reporterCommands.has(instruction.do));
}

/** Whether a role receives hints on malformed commands: those that may use commands do. */
export function receivesHints(role: Role): boolean {
  return role !== 'other';
}

/**
 * Applies an instruction to what is stored of the issue; the next triage brings comment and labels in line.
 * `pause` and `resume` (of the repository) and `reopen` (on GitHub) change nothing here.
 */
export function applyInstruction(instruction: Instruction, state: IssueState, role: Role): IssueState {
  const {
    feedback: { asserted, refused },
  } = state;
  switch (instruction.do) {
    case 'not-this': {
      // Only a maintainer takes back what a maintainer asserted.
      const remaining = role === 'maintainer' ? [] : asserted;
      // A posted credential is no opinion about the failure.
      const withdrawn = [...state.findingKeys, ...asserted].filter(
        (key) => !remaining.includes(key) && !key.startsWith('secret:'),
      );
      return {
        ...state,
        feedback: { ...state.feedback, asserted: remaining, refused: unique([...refused, ...withdrawn]) },
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
        instruction.do === 'signature'
          ? `signature:${instruction.id}`
          : `duplicate:${instruction.of.repository}#${instruction.of.number}`;
      const family = `${instruction.do}:`;
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
      return { ...state, ignored: role === 'maintainer' ? false : state.ignored };
    case 'help':
      return { ...state, notice: 'help' };
    case 'pause':
    case 'resume':
    case 'reopen':
      return state;
  }
}

/** Reads `#12`, `owner/name#12`, or the URL of an issue; null for anything else. */
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
