import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStage, day, type Stage } from '../cases/stage.ts';
import { history, reports } from '../demo/reports.ts';
import { ferretId, ferretOn, ferretPage } from '../histories/ferret.ts';
import { home } from './run-app.ts';

const repeated = reports.find(({ title }) => title.startsWith('Resizing the terminal'));
const statusline = (version: string | null) => ({
  title: repeated?.title ?? '',
  body: (repeated?.body ?? '').replace(
    'Claude Code 2.1.209, Ubuntu 24.04.',
    version === null ? '' : `Claude Code ${version}.`,
  ),
});
const label = 'regression';

let stage: Stage;
/** The issue that everybody reported before, which #1 is. */
const tracked = 1;
const open = async (given: { title: string; body: string }): Promise<number> => {
  const number = stage.open(given);
  await stage.settle();
  return number;
};

beforeEach(async () => {
  stage = await createStage('mode: act\nclose: { at: 0.5, after: 1d, confirm: none }\n', {
    files: ferretPage,
    earlier: history,
  });
  stage.double.addLabel(home, label);
  await stage.settle();
});
afterEach(async () => {
  expect(stage.double.deviations).toEqual([]);
  await stage.run.stop();
});

describe('a page that names the version which mended it', () => {
  test('speaks of a regression on that version and later, and of the known failure before it or without one', async () => {
    const [same, later, before, unknown] = [
      await open(ferretOn('2.1.0')),
      await open(ferretOn('2.3.0')),
      await open(ferretOn('2.0.9')),
      await open(ferretOn(null)),
    ];
    for (const number of [same, later]) {
      expect(stage.comment(number)).toMatch(/This may be a regression of a known failure: \[The ferret/);
      expect(stage.comment(number)).toMatch(/fixed in `2\.1\.0`, reported on `2\.[13]\.0`/);
      expect(stage.comment(number)).toContain('it was tracked in #3');
      expect(stage.comment(number)).not.toMatch(
        /looks like a known failure|Probably reported before|Open thread/,
      );
      expect(stage.labels(number)).toContain(label);
      expect(stage.labels(number)).not.toContain('possible-duplicate');
    }
    for (const number of [before, unknown]) {
      expect(stage.comment(number)).toContain('This looks like a known failure');
      expect(stage.labels(number)).not.toContain(label);
    }
    const entries = await stage.run.app().store.ledger({ repository: home, number: later });
    expect(entries.at(-1)?.findings).toContainEqual(
      expect.objectContaining({ kind: 'regression', id: ferretId }),
    );
  });

  test('takes it back when an edit takes the version away, and says it again when it comes back', async () => {
    const number = await open(ferretOn('2.3.0'));
    expect(stage.labels(number)).toContain(label);
    const edit = async (version: string | null): Promise<void> => {
      stage.double.editIssue(stage.at(number), { ...ferretOn(version), by: 'reporter' });
      await stage.settle();
    };
    await edit(null);
    expect(stage.labels(number)).not.toContain(label);
    expect(stage.comment(number)).toContain('This looks like a known failure');
    await edit('2.2.0');
    expect(stage.labels(number)).toContain(label);
    expect(stage.comment(number)).toContain('reported on `2.2.0`');
  });

  test('is refused once under both names', async () => {
    const number = await open(ferretOn('2.3.0'));
    await stage.addComment(number, '/signpost not-this', 'reporter');
    expect(stage.comment(number)).toContain('Taken back');
    for (const version of [null, '2.3.1']) {
      stage.double.editIssue(stage.at(number), { ...ferretOn(version), by: 'reporter' });
      await stage.settle();
      expect(stage.comment(number)).toContain('Taken back');
      expect(stage.labels(number)).not.toContain(label);
    }
  });
});

describe('an earlier report that was closed as completed', () => {
  test('for a version: a report from it or later may be a regression; one from before, or of no version, says nothing of it', async () => {
    stage.double.milestone(stage.at(tracked), 'Release v2.1.150', 'maintainer');
    stage.double.closeIssue(stage.at(tracked), { by: 'maintainer', reason: 'completed' });
    await stage.settle();
    const later = await open(statusline('2.1.209'));
    expect(stage.comment(later)).toContain('**This may be a regression**');
    expect(stage.comment(later)).toContain('#1 was completed for `2.1.150`, reported on `2.1.209`');
    expect(stage.labels(later)).toContain(label);
    expect(stage.comment(later)).not.toMatch(/Probably reported before|will be closed/);
    expect(stage.labels(later)).not.toContain('possible-duplicate');
    await stage.pass(5 * day);
    expect(stage.state(later)).toBe('open');
    for (const version of ['2.1.149', null]) {
      stage.double.editIssue(stage.at(later), { ...statusline(version), by: 'reporter' });
      await stage.settle();
      expect(stage.comment(later)).not.toMatch(/regression|Probably reported before/);
      expect(stage.labels(later)).not.toContain(label);
    }
  });

  test('on a day: a report that came after it may be a regression; `not-duplicate` takes it back', async () => {
    stage.double.closeIssue(stage.at(tracked), { by: 'maintainer', reason: 'completed' });
    await stage.settle();
    const number = await open(statusline(null));
    expect(stage.comment(number)).toMatch(/#1 was completed on \d{4}-\d\d-\d\d, reported after that/);
    await stage.addComment(number, '/signpost not-duplicate', 'maintainer');
    expect(stage.comment(number)).not.toContain('regression');
    expect(stage.labels(number)).not.toContain(label);
  });

  test('as not planned is no promise: nothing is said', async () => {
    stage.double.closeIssue(stage.at(tracked), { by: 'maintainer', reason: 'not_planned' });
    await stage.settle();
    const number = await open(statusline('2.1.209'));
    expect(stage.comment(number)).not.toContain('regression');
  });
});

test('a repository without the label gets the words alone', async () => {
  stage.double.deleteLabel(home, label);
  await stage.settle();
  const number = await open(ferretOn('2.4.0'));
  expect(stage.comment(number)).toContain('This may be a regression');
  expect(stage.labels(number)).not.toContain(label);
});
