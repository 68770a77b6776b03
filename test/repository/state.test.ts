import { expect, test } from 'vitest';
import { lastDigest } from '../../src/repository/state/digest-state.ts';
import { readState, writeState } from '../../src/repository/state/entry.ts';
import { duplicateMarks } from '../../src/repository/state/history-state.ts';
import { modelRegistry } from '../../src/repository/state/model-registry-state.ts';

const repository = 'acme/tool';

/** A store with this value under every key. */
function storeOf(value: unknown) {
  const written: [string, unknown][] = [];
  return {
    written,
    get: async () => value,
    put: async (key: string, next: unknown) => void written.push([key, next]),
  };
}

test('what was never stored is its default', async () => {
  expect(await readState(storeOf(null), duplicateMarks, repository)).toEqual([]);
  expect(await readState(storeOf(null), lastDigest, repository)).toBeNull();
});

test('what is written stands under the key of its entry', async () => {
  const store = storeOf(null);
  const digest = { week: '2026-W47', number: 3, closing: null } as const;
  await writeState(store, lastDigest, repository, digest);
  expect(store.written).toEqual([['digest:acme/tool', digest]]);
  expect(await readState(storeOf(digest), lastDigest, repository)).toEqual(digest);
});

test('a registry of models as the first version wrote it is brought to today’s shape', async () => {
  const one = { kind: 'links', version: 1, at: 5, line: 'better' } as const;
  const none = { signatures: 0, links: 0, bars: 0 };
  const stored = {
    versions: [
      { ...one, state: 'adopted' },
      { ...one, version: 2, state: 'rolled back' },
    ],
    inUse: { ...none, links: 1 },
    since: none,
    heard: 12,
  };
  const read = await readState(storeOf(stored), modelRegistry, repository);
  expect(read).toEqual({
    versions: [
      { ...one, state: 'activated' },
      { ...one, version: 2, state: 'rolled back' },
    ],
    active: { ...none, links: 1 },
    since: none,
    verdictsLearnedFrom: 12,
  });
  expect(await readState(storeOf(read), modelRegistry, repository)).toEqual(read);
});

test.each([
  ['digest:acme/tool', 'week', lastDigest, { week: '2026-W99', number: 3, closing: null }],
  ['links:acme/tool', '0.of', duplicateMarks, [{ kind: 'marked', number: 1, of: 'x', at: 2 }]],
  ['models:acme/tool', 'its root', modelRegistry, { versions: [] }],
])('a value under %s that has no known shape is refused in one line', async (key, place, entry, value) => {
  const error = await readState<string, unknown>(storeOf(value), entry, repository).catch(String);
  expect(error).toContain(`the stored state "${key}" is damaged at ${place}: `);
  expect(error).not.toContain('\n');
});
