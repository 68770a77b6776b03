import { history, reports } from '../demo/reports.ts';
import { seeded } from '../double/random.ts';
import { ferretOn } from './ferret.ts';

/** How often each deed is drawn. */
const weights = {
  open: 12,
  'open a duplicate': 12,
  edit: 8,
  comment: 14,
  command: 20,
  react: 6,
  label: 5,
  unlabel: 6,
  'close as duplicate': 6,
  close: 3,
  reopen: 6,
  unmark: 2,
  lock: 2,
  unlock: 3,
  assign: 2,
  milestone: 2,
  transfer: 2,
  delete: 2,
  'delete comment': 3,
  'edit comment': 2,
  bot: 4,
  wait: 16,
} as const;
export type Deed = keyof typeof weights;

/** One thing that somebody does. Numbers choose among what is there when it is done, so a shorter history still plays. */
export interface Step {
  readonly do: Deed;
  readonly issue: number;
  readonly other: number;
  readonly text: number;
  readonly by: string;
  /** All that follows is done before the next step. */
  readonly settles: boolean;
}

export const people = {
  maintainers: ['maintainer', 'keeper'],
  others: ['first', 'reporter', 'mira', 'tomas', 'priya', 'stranger'],
  bots: ['helper[bot]', 'closer[bot]'],
} as const;

/** What people report: known failures, what was reported before, what nobody knows, what is lacking, what was mended. */
export const texts: readonly { readonly title: string; readonly body: string | null }[] = [
  ...reports.slice(0, 3),
  ...reports.filter(({ title }) => /SIGPIPE|Typo|colour/.test(title)),
  ...history.slice(0, 4),
  {
    title: 'API Error: 529 Overloaded',
    body: 'Every prompt ends in:\n\n```\nAPI Error: 529 Overloaded\n```',
  },
  ferretOn('2.0.9'),
  ferretOn('2.3.0'),
  ferretOn(null),
  { title: 'It does not work', body: null },
  { title: 'Login fails', body: 'Like #1 and other/project#9. Closed as a duplicate of #3. @first' },
];

export const replies = [
  'Yes, same here.',
  'Thanks, that fixed it.',
  'This is different because I have no proxy.',
  'NOT A DUPLICATE',
  'Any news?',
  'Yes, the same problem for me.',
  '+1',
  'I can confirm, this is it.',
  '> this is different\n\n```\nlog\n```',
  'Duplicate of #1',
  'I use 2.1.210 on macOS 15.5.',
] as const;

export const protests: readonly string[] = [replies[2], replies[3], replies[4]];

export const commands = [
  'not-this',
  'recheck',
  'recheck',
  'reopen',
  'help',
  'not-duplicate',
  'ignore',
  'pause',
  'resume',
  'resume',
  'resume',
  'duplicate',
  'duplicate',
  'duplicate',
  'duplicate',
  'duplicate',
  'signature mcp-oauth-needs-authentication',
  'signature nonsense',
  'nonsense',
] as const;

export const labels = [
  'bug',
  'duplicate',
  'has repro',
  'possible-duplicate',
  'area:mcp',
  'regression',
  'signature:mcp-oauth-needs-authentication',
] as const;

const deeds = Object.entries(weights).flatMap(([deed, weight]) =>
  Array.from({ length: weight }, () => deed as Deed),
);

/** A history of so many steps; the same for the same seed. */
export function historyOf(seed: number, length: number): readonly Step[] {
  const random = seeded(seed);
  const number = (): number => Math.floor(random() * 1_000);
  const of = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  return Array.from({ length }, () => ({
    do: of(deeds),
    issue: number(),
    other: number(),
    text: number(),
    by: of([...people.maintainers, ...people.maintainers, ...people.others]),
    settles: random() < 0.75,
  }));
}

/** One line that says what a step does. */
export function printStep({ by, do: deed, issue, other, settles, text }: Step): string {
  return `${deed} by ${by} (issue ${issue}, other ${other}, text ${text})${settles ? '' : ', at once'}`;
}
