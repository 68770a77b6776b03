import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite, type Stores } from '../../../src/adapters/open/index.ts';
import { UnreadableState } from '../../../src/ports/unreadable-state.ts';
import { type Backend, backends, fastClock, sqliteBackend } from './backends.ts';
import { stateOf } from './samples.ts';

const clock = fastClock(1);

describe.each(backends)('rows of issue states on %s', (_, create) => {
  let backend: Backend;
  let opened: Stores;
  beforeEach(async () => {
    backend = create();
    opened = await backend.open(clock);
  });
  afterEach(async () => {
    await opened.store.close();
    await backend.destroy();
  });
  /** Puts that text where the state of acme/app#7 was. */
  const tamper = async (value: string): Promise<void> => {
    await opened.store.putIssueState(stateOf('acme/app', 7, { comment: { id: 1, at: 1 }, poll: { due: 1 } }));
    await backend.sql(`update issue_states set value = '${value}' where number = 7`);
  };
  const written = JSON.stringify({ version: 2, state: stateOf('acme/app', 7) });

  it.each([
    [
      'a newer version',
      '{"version":3,"state":{}}',
      'acme/app#7: its stored state has version 3 (expected at most 2; run a newer Signpost)',
    ],
    [
      'no JSON',
      '{"version":2,"st',
      'acme/app#7: its stored state is not JSON: {"version":2,"st (expected an object)',
    ],
    ['null', 'null', 'acme/app#7: its stored state is damaged at its root: '],
    [
      'a field of another type',
      written.replace('"added":[]', '"added":"bug"'),
      'is damaged at labels.added: ',
    ],
    ['a missing field', written.replace('"ignored":false,', ''), 'is damaged at ignored: '],
    [
      'an unknown field',
      written.replace('"ignored":false', '"ignored":false,"later":1'),
      'is damaged at its root: ',
    ],
    [
      'an unknown note of the first version',
      '{"repository":"acme/app","notes":{"later":1}}',
      'is damaged at ',
    ],
  ])('of %s are refused in one line, and lists leave them out', async (_what, value, line) => {
    await tamper(value);
    const { store } = opened;
    await store.putIssueState(stateOf('acme/app', 8, { comment: { id: 2, at: 2 }, poll: { due: 2 } }));
    const error = await store.issueState('acme/app', 7).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableState);
    expect(String(error)).toContain(line);
    expect(String(error)).not.toContain('\n');
    const numbers = (states: readonly { number: number }[]) => states.map(({ number }) => number);
    expect(numbers(await store.issueStates('acme/app'))).toEqual([8]);
    expect(numbers(await store.due('acme/app', 9, 9))).toEqual([8]);
    expect(numbers(await store.commented('acme/app', 9))).toEqual([8]);
  });

  it('that are damaged can be written anew, renamed and erased', async () => {
    const { store } = opened;
    await tamper('{"version":2, acme/app#9');
    await store.renameRepository('acme/app', 'acme/tool');
    expect(await backend.dump()).not.toContain('acme/app');
    await expect(store.issueState('acme/tool', 7)).rejects.toThrow('not JSON');
    await store.putIssueState(stateOf('acme/tool', 7));
    expect(await store.issueState('acme/tool', 7)).toEqual(stateOf('acme/tool', 7));
    await tamper('{"version":2, acme/app#9');
    await store.forgetIssue('acme/app', 7);
    expect(await store.issueState('acme/app', 7)).toBeNull();
    await tamper('{"version":2, acme/app#9');
    await store.forgetRepository('acme/app');
    expect(await backend.dump()).not.toContain('acme/app');
  });
});

it('what a list leaves out is told', async () => {
  const known: unknown[] = [];
  const backend = sqliteBackend();
  const [, path] = backend.address;
  const { store } = await openSqlite({ path, clock, onError: (error) => known.push(error) });
  await store.putIssueState(stateOf('acme/app', 7));
  await backend.sql(`update issue_states set value = '[]'`);
  expect(await store.issueStates('acme/app')).toEqual([]);
  expect(known.map(String)).toEqual([expect.stringContaining('acme/app#7: its stored state is damaged')]);
  await store.close();
  await backend.destroy();
});
