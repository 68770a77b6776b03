import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createStage, day, hour } from '../cases/stage.ts';
import { home } from './run-app.ts';

test('a state that cannot be read ends its own issue\u2019s job with one line, and holds up no other issue', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-unreadable-'));
  const path = join(folder, 'signpost.sqlite');
  const stage = await createStage('mode: advise\n', { store: path });
  const number = stage.open();
  await stage.settle();
  const file = new Sqlite(path);
  file.prepare(`update issue_states set value = '{"version":9,"state":{}}' where number = ?`).run(number);
  file.close();
  stage.double.editIssue(stage.at(number), { body: 'Another text.', by: 'reporter' });
  const other = stage.open({ author: 'another' });
  await stage.settle();
  expect(stage.comment(other)).toContain('MCP OAuth');
  const { queue, store } = stage.run.app();
  expect(await queue.dead()).toEqual([]);
  // Tried again for a while: by then a newer Signpost may run, or the row be mended.
  for (let passed = 0; passed < 8 * day && (await queue.dead()).length === 0; passed += 6 * hour)
    await stage.pass(6 * hour);
  expect(await queue.dead()).toMatchObject([
    {
      kind: 'triage',
      key: `${home}#${number}`,
      error: `UnreadableState: ${home}#${number}: its stored state has version 9 (expected at most 2; run a newer Signpost)`,
    },
  ]);
  expect(stage.comment(number)).toContain('MCP OAuth');
  // What is erased need not be understood.
  stage.double.deleteIssue(stage.at(number), 'maintainer');
  await stage.settle();
  expect(await store.issueState(home, number)).toBeNull();
  await stage.run.stop();
  rmSync(folder, { recursive: true });
});
