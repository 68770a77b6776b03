import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../../src/adapters/open/index.ts';
import { maxAttempts } from '../../../src/adapters/queue/backoff.ts';
import type { LeasedJob } from '../../../src/ports/queue.ts';
import { type Backend, backends, fastClock } from './backends.ts';
import { delivery, entry, newJob, stateOf } from './samples.ts';

const clock = fastClock(1_000_000);
const planted = 'Zanzibar/q.u_u-x';
const neighbour = 'Zanzibar/q.u_u-x2';
const lookalike = 'Zanzibar/qXu_u-x'; // what a careless pattern would match

/** Plants the repository, two neighbours with names like it, and mentions of it wherever text is kept. */
async function plant({ store, queue }: Stores): Promise<void> {
  await queue.send([newJob(10, { repository: planted, key: `${planted}#10`, data: { of: planted } })]);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1)
    await queue.fail(await fetchOne(queue), `no access to ${planted}`);
  expect(await queue.dead()).toHaveLength(1);
  for (const [guid, repository] of [planted, neighbour, lookalike].entries()) {
    await store.accept(delivery(`g${guid}`, { repository }), [
      newJob(7, { repository, key: `${repository}#7`, data: { where: `${repository}#7` } }),
      newJob(8, { repository, key: repository, data: {} }),
    ]);
    await store.putRepository({ repository, installation: 1, installedAt: 1, paused: false });
    for (const number of [7, 77]) {
      await store.putIssueState(stateOf(repository, number));
      await store.record(entry(repository, { number }));
      await store.intend({
        repository,
        number,
        kind: 'create-comment',
        key: `${repository}#${number}`,
        at: 1,
      });
    }
    await store.put(`cursor:${repository}`, { since: 1 });
    await store.putBlob(`index:${repository}`, '1', Uint8Array.of(1));
  }
  await store.putIssueState(
    stateOf('acme/app', 1, {
      findingKeys: [`duplicate:${planted}#7`],
      facts: { link: `https://github.com/${planted}/issues/7`, upper: planted.toUpperCase() },
    }),
  );
  const because = `the same as\n${planted}#7 and ${planted}#77.`;
  await store.record(
    entry('acme/app', { plan: { actions: [{ kind: 'comment', body: because, because }], withheld: [] } }),
  );
  await store.put('sweep', { [planted]: 5, [neighbour]: 6 });
  const running = newJob(9, { repository: planted, key: `${planted}#9`, data: {}, priority: -1 });
  await queue.send([running]);
  expect(await queue.fetch(1)).toMatchObject([running]);
}

async function fetchOne(queue: Stores['queue']): Promise<LeasedJob> {
  for (;;) {
    const [job] = await queue.fetch(1);
    if (job !== undefined) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Where in the dump the repository is named: not as a part of the neighbours' names. */
function mentions(dump: string, name: string): string[] {
  const text = dump.toLowerCase().replaceAll('\\n', '\n');
  const found: string[] = [];
  for (let at = text.indexOf(name.toLowerCase()); at !== -1; at = text.indexOf(name.toLowerCase(), at + 1))
    if (!/[\w-]/.test(text[at + name.length] ?? '')) found.push(text.slice(Math.max(0, at - 60), at + 60));
  return found;
}

describe.each(backends)('erasing on %s', (_, create) => {
  let backend: Backend;
  let stores: Stores;
  beforeEach(async () => {
    backend = create();
    stores = await backend.open(clock);
    await plant(stores);
  });
  afterEach(async () => {
    await stores.store.close();
    await backend.destroy();
  });

  it('leaves no trace of a forgotten repository, and all of its neighbours', async () => {
    const { store } = stores;
    const before = await backend.dump();
    expect(mentions(before, planted).length).toBeGreaterThan(20);
    await store.forgetRepository(planted);
    const after = await backend.dump();
    expect(mentions(after, planted)).toEqual([]);
    for (const other of [neighbour, lookalike])
      expect(mentions(after, other).length).toBe(mentions(before, other).length);
    expect(await store.issueState('acme/app', 1)).toMatchObject({
      findingKeys: ['duplicate:erased/erased#7'],
    });
    expect(await store.get('sweep')).toEqual({ 'erased/erased': 5, [neighbour]: 6 });
  });

  it('carries everything over to a new name', async () => {
    const { store, queue } = stores;
    await store.putIssueState(stateOf('new/name', 7, { author: 'came first' }));
    await store.putRepository({ repository: 'new/name', installation: 1, installedAt: 9, paused: false });
    await store.put('cursor:new/name', { since: 9 });
    const before = await backend.dump();
    await store.renameRepository(planted, 'new/name');
    const after = await backend.dump();
    expect(mentions(after, planted)).toEqual([]);
    expect(mentions(after, 'new/name').length).toBeGreaterThanOrEqual(mentions(before, planted).length);
    expect(await store.issueState('new/name', 7)).toMatchObject({
      author: 'reporter',
      repository: 'new/name',
    });
    expect(await store.repository('new/name')).toMatchObject({ installedAt: 1 });
    expect(await store.get('cursor:new/name')).toEqual({ since: 1 });
    expect(await store.blob('index:new/name', '1')).not.toBeNull();
    expect(await store.ledger({ repository: 'new/name', number: 7 })).toHaveLength(1);
    expect(await store.openIntents('new/name', 7)).toHaveLength(1);
    expect(await queue.dead()).toMatchObject([{ repository: 'new/name', data: { of: 'new/name' } }]);
    const fetched = (await queue.fetch(100)).filter((job) => job.repository === 'new/name');
    expect(fetched.map((job) => job.key).sort()).toEqual(['new/name', 'new/name#7']);
  });

  it('leaves no trace of a forgotten issue, and all of the one whose number begins like it', async () => {
    const { store, queue } = stores;
    await store.forgetIssue(planted, 7);
    const dump = await backend.dump();
    expect(mentions(dump, `${planted}#7`)).toEqual([]);
    expect(mentions(dump, `${planted}/issues/7`)).toEqual([]);
    expect(await store.issueState(planted, 7)).toBeNull();
    expect(await store.ledger({ repository: planted, number: 7 })).toEqual([]);
    expect(await store.openIntents(planted, 7)).toEqual([]);
    expect(await store.issueState(planted, 77)).not.toBeNull();
    expect(await store.ledger({ repository: planted, number: 77 })).toHaveLength(1);
    expect(mentions(dump, `${planted}#77`).length).toBeGreaterThan(0);
    const fetched = (await queue.fetch(100)).filter((job) => job.repository === planted);
    expect(fetched.map((job) => job.key)).toEqual([planted]);
  });
});
