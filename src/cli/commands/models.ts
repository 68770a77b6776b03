import { systemClock } from '../../adapters/clock.ts';
import { openStore } from '../../adapters/open/open-store.ts';
import { loadDotEnv } from '../../process/environment.ts';
import { readRegistry, rollBack } from '../../repository/model-registry.ts';
import {
  type ModelRegistry,
  type ModelVersion,
  modelKinds,
} from '../../repository/state/model-registry-state.ts';
import type { Io } from '../io.ts';

/**
 * `signpost models <owner/repo>` lists what people's verdicts have taught there, `signpost models rollback <owner/repo> [kind]`
 * goes back to the version before. Works beside a server, which uses the other version from its next issue on.
 * 0 when it ran, 1 when there was nothing to go back from, 2 when it could not.
 */
export async function run(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  const rollback = args[0] === 'rollback';
  const [repository = '', kind, ...rest] = rollback || args[0] === 'list' ? args.slice(1) : args;
  const chosen = modelKinds.find((known) => known === kind) ?? null;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || rest.length > 0 || (kind !== undefined && !rollback)) {
    io.stderr(`signpost: models ${args.join(' ')} (expected owner/name, or rollback owner/name [kind])\n`);
    return 2;
  }
  if (kind !== undefined && chosen === null) {
    io.stderr(`signpost: there are no models of kind ${kind} (expected ${modelKinds.join(', ')})\n`);
    return 2;
  }
  loadDotEnv();
  const { store } = await openStore(process.env.DATABASE_URL || 'signpost.sqlite', systemClock, 'tool');
  try {
    const row = (await store.repositories()).find(
      (known) => known.repository.toLowerCase() === repository.toLowerCase(),
    );
    if (row === undefined) {
      io.stderr(`signpost: ${repository} is not known here (expected one that Signpost is installed on)\n`);
      return 2;
    }
    if (!rollback)
      return list(row.repository, await readRegistry(store, row.repository), options.json === true, io);
    const done = await rollBack(store, row.repository, chosen, systemClock.now());
    if (options.json === true)
      io.stdout(`${JSON.stringify({ repository: row.repository, rolledBack: done })}\n`);
    else if (done === null) io.stdout('nothing was learned there that could be rolled back\n');
    else
      io.stdout(
        `${done.kind} went from version ${done.from} to ${done.to === 0 ? 'what there was at first' : `version ${done.to}`}\n`,
      );
    return done === null ? 1 : 0;
  } finally {
    await store.close();
  }
}

function list(repository: string, { active, versions }: ModelRegistry, json: boolean, io: Io): number {
  // `inUse` and `adopted` are what readers of the JSON know.
  const shown = versions.map((one) => ({
    ...one,
    at: new Date(one.at).toISOString(),
    state: one.state === 'activated' ? 'adopted' : one.state,
    inUse: isActive(one),
  }));
  if (json) io.stdout(`${JSON.stringify({ repository, inUse: active, versions: shown }, null, 2)}\n`);
  else if (versions.length === 0) io.stdout('nothing was learned from verdicts there so far\n');
  else
    for (const { at, kind, line, state, version, inUse: used } of shown)
      io.stdout(`${kind} ${version}  ${at}  ${used ? 'in use' : state}  ${line}\n`);
  return 0;

  function isActive({ kind, state, version }: ModelVersion): boolean {
    return state === 'activated' && active[kind] === version;
  }
}
