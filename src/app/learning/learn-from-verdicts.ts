import { weightedVerdicts } from '../../learn/index.ts';
import { activate, readRegistry, saveRegistry } from '../../repository/model-registry.ts';
import type { ModelKind } from '../../repository/state/model-registry-state.ts';
import type { JobContext, Services } from '../context.ts';
import { newJob } from '../jobs.ts';
import { learnLinks } from './learn-links.ts';
import { learnSignatures } from './learn-signatures.ts';
import { learnThresholds } from './learn-thresholds.ts';
import { type Candidate, countSpoken, type TrainingRound } from './round.ts';

/** How often Signpost looks whether people have said enough to learn from, in milliseconds. */
export const learningEvery = 86_400_000;
/** Fewer new verdicts change nothing that is worth the work. */
const leastNewVerdicts = 5;

export async function sendLearnJobs({ send, store }: Services): Promise<void> {
  const rows = await store.repositories();
  await send(rows.map((row) => newJob('learn-from-verdicts', row, {})));
}

/**
 * Learns from what people have said since the last time, if it is enough. Each kind of model is activated by itself, and
 * only when it is better on verdicts that did not teach it and no worse on the backtest; the ledger then says what changed.
 */
export async function learnFromVerdicts(context: JobContext): Promise<void> {
  const { github, services, row } = context;
  const { clock, histories, log, models, store } = services;
  const { repository } = row;
  let registry = await readRegistry(store, repository);
  const issueStates = await store.issueStates(repository);
  const verdicts = weightedVerdicts(issueStates, clock.now());
  const spoken = countSpoken(verdicts);
  if (spoken < registry.verdictsLearnedFrom + leastNewVerdicts) return;
  const settings = await services.settings.of(repository, github);
  const history = await histories.of(repository, github);
  const states = new Map(issueStates.map((state) => [state.number, state]));
  /** With the models that are active by now. */
  const roundOf = async (kind: ModelKind): Promise<TrainingRound> => ({
    context,
    settings,
    states,
    verdicts: verdicts.filter(({ at }) => at > registry.since[kind]),
    active: await models.of(repository, registry, settings.knowledge.signatures, history.duplicates),
  });
  const activateIfBetter = async (kind: ModelKind, candidate: Candidate | null): Promise<void> => {
    if (candidate === null) return;
    const { mode } = settings.config;
    const model = { ...candidate, kind, mode, at: clock.now(), cause: context.job.id };
    registry = await activate(store, repository, registry, model);
    log.info({ repository, kind, line: candidate.line }, 'learned from verdicts');
  };
  await activateIfBetter('signatures', await learnSignatures(await roundOf('signatures')));
  const links = await learnLinks(await roundOf('links'));
  await activateIfBetter('links', links?.candidate ?? null);
  await activateIfBetter('bars', await learnThresholds(await roundOf('bars'), links?.ratings ?? null));
  await saveRegistry(store, repository, { ...registry, verdictsLearnedFrom: spoken });
}
