import { readRegistry, rollBack } from '../../repository/model-registry.ts';
import {
  type ModelRegistry,
  type ModelVersion,
  modelKinds,
} from '../../repository/state/model-registry-state.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { clock, withStores } from '../open.ts';
import { knownRepository } from '../with-repository.ts';

type Kind = (typeof modelKinds)[number];

interface Request {
  readonly repository: string;
  readonly rollback: boolean;
  /** Null: whatever was activated last. */
  readonly kind: Kind | null;
}

/**
 * `signpost models <owner/repo>` lists what people's verdicts have taught there, `signpost models rollback
 * <owner/repo> [kind]` goes back to the version before. Works beside a server, which uses the other version
 * from its next issue on. 0 when it ran, 1 when there was nothing to go back from, 2 when it could not.
 */
export const run = command(async (args, options, io) => {
  const { kind, repository: given, rollback } = readRequest(args);
  const json = options.json === true;
  return withStores(async ({ store }) => {
    const repository = await knownRepository(store, given);
    if (repository === null)
      throw new InputError(`${given} is not known here (expected one that Signpost is installed on)`);
    if (!rollback) return list(repository, await readRegistry(store, repository), json, io);
    const done = await rollBack(store, repository, kind, clock.now());
    io.stdout(json ? `${JSON.stringify({ repository, rolledBack: done })}\n` : describe(done));
    return done === null ? 1 : 0;
  });
});

function readRequest(args: readonly string[]): Request {
  const rollback = args[0] === 'rollback';
  const [repository = '', given, ...rest] = rollback || args[0] === 'list' ? args.slice(1) : args;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || rest.length > 0 || (given !== undefined && !rollback))
    throw new InputError(`models ${args.join(' ')} (expected owner/name, or rollback owner/name [kind])`);
  const kind = modelKinds.find((known) => known === given) ?? null;
  if (given !== undefined && kind === null)
    throw new InputError(`there are no models of kind ${given} (expected ${modelKinds.join(', ')})`);
  return { repository, rollback, kind };
}

function describe(done: Awaited<ReturnType<typeof rollBack>>): string {
  if (done === null) return 'nothing was learned there that could be rolled back\n';
  const target = done.to === 0 ? 'what there was at first' : `version ${done.to}`;
  return `${done.kind} went from version ${done.from} to ${target}\n`;
}

function list(repository: string, { active, versions }: ModelRegistry, json: boolean, io: Io): number {
  const isActive = ({ kind, state, version }: ModelVersion): boolean =>
    state === 'activated' && active[kind] === version;
  // `inUse` and `adopted` are what readers of the JSON know.
  const rows = versions.map((one) => ({
    ...one,
    at: new Date(one.at).toISOString(),
    state: one.state === 'activated' ? 'adopted' : one.state,
    inUse: isActive(one),
  }));
  if (json) io.stdout(`${JSON.stringify({ repository, inUse: active, versions: rows }, null, 2)}\n`);
  else if (rows.length === 0) io.stdout('nothing was learned from verdicts there so far\n');
  for (const { at, kind, line, state, version, inUse: used } of json ? [] : rows)
    io.stdout(`${kind} ${version}  ${at}  ${used ? 'in use' : state}  ${line}\n`);
  return 0;
}
