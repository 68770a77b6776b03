import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../../src/adapters/open/index.ts';
import type { LeasedJob, Queue } from '../../../src/ports/queue.ts';
import { type Backend, fastClock, postgresBackend, postgresUrl } from '../store/backends.ts';
import { newJob } from '../store/samples.ts';

const clock = fastClock(1);
const jobsOf = (repositories: number, each = 1) =>
  Array.from({ length: repositories * each }, (_, n) => {
    const repository = `acme/app${n % repositories}`;
    return newJob(n, { repository, key: `${repository}#${n}` });
  });

/** Tries are counted, not seconds: on a machine that stood still, one try may take them all. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await check()); tries += 1) {
    if (tries === 300) throw new Error('it did not come to that in 300 tries');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Works until nothing comes; returns what was done. */
async function work(queue: Queue, count = 4): Promise<LeasedJob[]> {
  const done: LeasedJob[] = [];
  for (;;) {
    const jobs = await queue.fetch(count);
    if (jobs.length === 0) return done;
    for (const job of jobs) await queue.complete(job);
    done.push(...jobs);
  }
}

describe.skipIf(postgresUrl === null)('workers on PostgreSQL', () => {
  let backend: Backend;
  const all: Stores[] = [];
  const open = async (worker: string): Promise<Queue> => {
    const opened = await backend.open(clock, worker);
    all.push(opened);
    return opened.queue;
  };
  /** Lets a worker live and beat without anybody hearing it: two that beat within the same moment would hide a silence. */
  const unheard = async (worker: string): Promise<void> => {
    await backend.sql(
      "create function unheard() returns trigger language plpgsql as 'begin new.seen := 0; return new; end'",
    );
    await backend.sql(
      `create trigger unheard before update on workers for each row when (new.worker = '${worker}') execute function unheard()`,
    );
    await backend.sql(`update workers set seen = 0 where worker = '${worker}'`);
  };
  beforeEach(() => {
    backend = postgresBackend();
  });
  afterEach(async () => {
    for (const { store } of all.splice(0)) await store.close();
    await backend.destroy();
  });

  it('leave a repository to the one that holds it', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.send([newJob(1), newJob(2), newJob(3)]);
    const [held] = await a.fetch(1);
    expect(await b.fetch(5)).toEqual([]);
    expect(await a.fetch(5)).toHaveLength(2);
    expect(held?.lease).toBe(1);
  });

  it('hold what the database says, not what they last saw', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.send([newJob(1)]);
    await work(a);
    await b.fetch(1);
    await backend.sql("update leases set worker = 'b', epoch = 2");
    await a.send([newJob(2)]);
    expect(await a.fetch(5)).toEqual([]);
    await eventually(async () => (await b.fetch(5)).some(({ lease }) => lease === 2));
  });

  it('take nothing after they were declared dead, before they are workers again', async () => {
    const a = await open('a');
    await a.send([newJob(1)]);
    await work(a);
    // As the others do with one that they do not hear of.
    await backend.sql("delete from workers where worker = 'a'");
    await backend.sql('update leases set worker = null');
    await a.send([newJob(2)]);
    const [job] = await a.fetch(5);
    expect(job?.lease).toBe(2);
    expect(await backend.sql("select worker from workers where worker = 'a'")).toHaveLength(1);
  });

  it('never hold one repository both, however they race for it', async () => {
    const queues = await Promise.all(['a', 'b', 'c'].map(open));
    for (let round = 0; round < 10; round += 1) {
      const repository = `acme/round${round}`;
      await queues[0]?.send(
        Array.from({ length: 12 }, (_, n) => newJob(n, { repository, key: `${repository}#${n % 2}` })),
      );
      const taken = await Promise.all(queues.map((queue) => work(queue, 3)));
      expect(taken.flat()).toHaveLength(12);
      expect(taken.filter((jobs) => jobs.length > 0)).toHaveLength(1);
    }
  });

  it('share the repositories evenly when one joins', async () => {
    const a = await open('a');
    await a.send(jobsOf(10));
    await work(a);
    const b = await open('b');
    expect(await b.fetch(5)).toEqual([]);
    await eventually(async () => {
      await a.send(jobsOf(10));
      await work(b);
      await work(a);
      const rows = await backend.sql("select worker from leases where worker = 'b'");
      return rows.length === 5;
    });
    await a.send(jobsOf(10));
    const ofB = await work(b, 20);
    expect(ofB).toHaveLength(5);
    expect(ofB.every((job) => job.lease > 1)).toBe(true);
  });

  it('take over what a silent one held, its running jobs too, and heed it no more', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.send([newJob(1), newJob(2)]);
    const [running] = await a.fetch(1);
    expect(await b.fetch(5)).toEqual([]);
    await unheard('a');
    let moved: readonly LeasedJob[] = [];
    await eventually(async () => {
      moved = [...moved, ...(await b.fetch(5))];
      return moved.length === 2;
    });
    expect(moved.map((job) => job.lease)).toEqual([2, 2]);
    if (running !== undefined) await a.complete(running);
    expect(await b.depth()).toMatchObject({ running: 2 });
    await backend.sql('drop trigger unheard on workers');
    // It is a worker again as soon as it asks, with what is free.
    await b.send([newJob(9, { repository: 'acme/other', key: 'acme/other#9' })]);
    await eventually(async () => (await a.fetch(5)).some((job) => job.key === 'acme/other#9'));
  });

  it('take up what is free and has work, though others that are free have none', async () => {
    const queues = await Promise.all(['a', 'b', 'c'].map(open));
    for (const queue of queues) await queue.fetch(1);
    // Each has room for one more, and three are free, of which only the last will have work.
    const held = ['a', 'b', 'c'].flatMap((worker) =>
      [0, 1].map((n) => `('acme/${worker}${n}', '${worker}', 1)`),
    );
    const free = ['idle0', 'idle1', 'busy'].map((name) => `('acme/${name}', null, 1)`);
    await backend.sql(
      `insert into leases (repository, worker, epoch) values ${[...held, ...free].join(', ')}`,
    );
    // Until each has seen them: it looks again with every beat.
    const seen = async (which: string): Promise<number> =>
      Number(Object((await backend.sql(`select ${which}(seen) as at from workers`))[0]).at);
    const latest = await seen('max');
    await eventually(async () => (await seen('min')) > latest + 100);
    await queues[0]?.send([newJob(1, { repository: 'acme/busy', key: 'acme/busy#1' })]);
    await eventually(async () => {
      const jobs = await Promise.all(queues.map((queue) => queue.fetch(4)));
      return jobs.flat().some(({ repository }) => repository === 'acme/busy');
    });
  });

  it('give a restarted one its jobs back at once', async () => {
    const a = await open('a');
    await a.send([newJob(1)]);
    const [before] = await a.fetch(1);
    const again = await open('a');
    const [after] = await again.fetch(1);
    expect(after?.id).toBe(before?.id);
    expect(after?.lease).toBe(2);
    await eventually(() =>
      a.fetch(1).then(
        () => false,
        (error) => /another process runs as worker a/.test(String(error)),
      ),
    );
  });

  it('free everything when they stop', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.send([newJob(1)]);
    await a.fetch(1);
    await all.shift()?.store.close();
    await eventually(async () => (await b.fetch(1)).length === 1);
  });

  it('give up a job that took too many processes along', async () => {
    const a = await open('a');
    await a.send([newJob(1)]);
    await a.fetch(1);
    await backend.sql("update job set retry_count = 24, state = 'retry'");
    expect(await a.fetch(1)).toEqual([]);
    expect(await a.dead()).toMatchObject([
      { key: 'acme/app#1', error: 'the process died 25 times while this job ran' },
    ]);
    expect(await a.depth()).toMatchObject({ waiting: 0, running: 0, dead: 1 });
  });

  it('go on after the database cut every connection', async () => {
    const name = `a of ${backend.address[1]}`;
    const a = await open(name);
    await a.send([newJob(1)]);
    const cut = await backend.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'signpost ${name}'`,
    );
    expect(cut.length).toBeGreaterThan(0);
    await eventually(() =>
      a.fetch(1).then(
        (jobs) => jobs.length === 1,
        () => false,
      ),
    );
  });
});
