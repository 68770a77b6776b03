import type { DeadJob, Queue } from '../../ports/queue.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { withStores } from '../open.ts';

const actions = ['list', 'read', 'retry', 'drop'] as const;

/**
 * Jobs that were given up: `list` (default), `read <id>`, `retry <id>…|all`, `drop <id>…|all`. Works beside a
 * server.
 */
export const run = command(async (args, options, io) => {
  const [given = 'list', ...ids] = args;
  const action = actions.find((known) => known === given);
  if (action === undefined || (action === 'list') !== (ids.length === 0))
    throw new InputError(
      `jobs ${args.join(' ')} (expected list, or read, retry or drop with ids; all stands for every id)`,
    );
  const json = options.json === true;
  return withStores(async ({ queue }) => {
    const dead = await queue.dead();
    if (action === 'list') return list(dead, await queue.depth(), json, io);
    const chosen = ids.includes('all') ? dead : dead.filter(({ id }) => ids.includes(id));
    const missing = ids.filter((id) => id !== 'all' && !chosen.some((job) => job.id === id));
    for (const id of missing)
      io.stderr(`signpost: there is no dead job ${id}; jobs list shows those there are\n`);
    if (action === 'read') io.stdout(`${JSON.stringify(chosen.map(readable), null, 2)}\n`);
    else await settle(action, chosen, queue, json, io);
    return missing.length > 0 ? 1 : 0;
  });
});

function list(
  dead: readonly DeadJob[],
  depth: Awaited<ReturnType<Queue['depth']>>,
  json: boolean,
  io: Io,
): number {
  if (json) io.stdout(`${JSON.stringify({ ...depth, jobs: dead.map(readable) }, null, 2)}\n`);
  else {
    for (const { attempts, diedAt, error, id, key, kind } of dead)
      io.stdout(
        `${id}  ${new Date(diedAt).toISOString()}  ${kind} ${key}  after ${attempts} tries: ${error}\n`,
      );
    io.stdout(`${depth.waiting} waiting, ${depth.running} running, ${dead.length} dead\n`);
  }
  return dead.length > 0 ? 1 : 0;
}

async function settle(
  action: 'retry' | 'drop',
  jobs: readonly DeadJob[],
  queue: Queue,
  json: boolean,
  io: Io,
): Promise<void> {
  for (const { id } of jobs) await (action === 'retry' ? queue.revive(id) : queue.drop(id));
  if (json) io.stdout(`${JSON.stringify({ [action]: jobs.map(({ id }) => id) })}\n`);
  else io.stdout(`${jobs.length} ${action === 'retry' ? 'wait again' : 'dropped'}\n`);
}

function readable({ createdAt, diedAt, ...job }: DeadJob): Record<string, unknown> {
  return { ...job, createdAt: new Date(createdAt).toISOString(), diedAt: new Date(diedAt).toISOString() };
}
