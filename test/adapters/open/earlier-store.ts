// A store that e6f8cd3 wrote, the first version, and the GitHub that it was written beside. Its App ran against the double
// through commands, reactions, closes, another bot, credentials and three weeks; jobs of every kind still wait in it.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { home, openNumbered } from '../../app/run-app.ts';
import type { TestClock } from '../../clock.ts';
import { threads } from '../../demo/reports.ts';
import type { Double } from '../../double/double.ts';

interface EarlierIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly createdAt: number;
  readonly comments: readonly EarlierComment[];
}

interface EarlierComment {
  readonly id: number;
  readonly body: string;
  readonly by: string;
  readonly createdAt: number;
}

interface Earlier {
  /** When the App was first started there, and when it was stopped, epoch milliseconds. */
  readonly start: number;
  readonly now: number;
  /** Numbers of issues, by what happened there. */
  readonly names: Readonly<Record<string, number>>;
  /** The digest of that week, as that version says it where no GitHub is asked. */
  readonly week: string;
  readonly digest: string;
  readonly issues: readonly EarlierIssue[];
}

/** Other repositories of the store, with their settings. */
export const others = { 'acme/tool': 'mode: observe\n', 'anthropics/other': 'mode: advise\n' };

export const earlier: Earlier = JSON.parse(
  gunzipSync(readFileSync(new URL('e6f8cd3.json.gz', import.meta.url))).toString(),
);

/** Writes the store to that place. */
export function unpackStore(path: string): void {
  writeFileSync(path, gunzipSync(readFileSync(new URL('e6f8cd3.sqlite.gz', import.meta.url))));
}

/** Makes the double what it was, with the ids that stand in the store. */
export function restoreGitHub(double: Double, clock: TestClock): void {
  double.openIssue({
    repository: 'acme/tool',
    title: 'The kettle whistles too early',
    body: 'At 80 degrees.',
    author: 'first',
  });
  for (const { number, title } of threads)
    openNumbered(double, number, { repository: home, title, body: 'Tracked.', author: 'first' });
  // The first ids go to the installations, as they did then.
  for (const name of [home, ...Object.keys(others)]) {
    double.install(name);
    // Its webhook took one, too.
    double.manifestCode();
  }
  const people = earlier.issues.flatMap(({ comments }) => comments.map(({ by }) => by));
  // An account takes an id as well, when it is first seen.
  for (const by of people)
    if (!by.endsWith('[bot]')) double.setRole(home, by, by === 'maintainer' ? 'triage' : 'read', 'read');
  const tracked = new Set(threads.map(({ number }) => number));
  const openings = earlier.issues.filter(({ number }) => !tracked.has(number));
  const events = [
    ...openings.map((issue) => ({ at: issue.createdAt, happen: () => open(issue) })),
    ...earlier.issues.flatMap(({ comments, number }) =>
      comments.map((comment) => ({ at: comment.createdAt, happen: () => report(number, comment) })),
    ),
  ];
  for (const { at, happen } of events.toSorted((a, b) => a.at - b.at)) {
    clock.advance(Math.max(0, at - clock.now()));
    happen();
  }
  clock.advance(Math.max(0, earlier.now - clock.now()));
  for (const { number, state } of openings)
    if (state === 'closed')
      double.closeIssue({ repository: home, number }, { by: 'maintainer', reason: 'completed' });

  function open({ author, body, labels, number, title }: EarlierIssue): void {
    openNumbered(double, number, { repository: home, title, body, author, labels: [...labels] });
  }

  /** Ids grow by three; those in between went to what is not here. */
  function report(number: number, { body, by, id }: EarlierComment): void {
    while (Number(double.manifestCode().slice('code'.length)) < id - 3);
    const made = double.comment({ repository: home, number }, body, by);
    if (made.id !== id) throw new Error(`the comment ${id} came to be ${made.id}`);
  }
}
