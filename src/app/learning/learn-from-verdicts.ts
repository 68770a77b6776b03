import { type JudgedLink, type SaidLink, snapshot } from '../../duplicates/index.ts';
import {
  learnThreshold,
  type ModelComparison,
  modelSubject,
  printTrial,
  qualityOf,
  rejectionReason,
  type ThresholdedPrediction,
  type WeightedVerdict,
  weightedVerdicts,
} from '../../learn/index.ts';
import {
  adjustment,
  type LabelledSample,
  learnAdjustment,
  probabilityAt,
  writeAdjustments,
} from '../../match/index.ts';
import type { Config } from '../../model/config.ts';
import type { Memory } from '../../model/memory.ts';
import type { NewJob } from '../../ports/queue.ts';
import {
  type ActiveModels,
  activate,
  type ModelKind,
  readRegistry,
  saveRegistry,
  writeLinks,
  writeThresholds,
} from '../../repository/model-registry.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import type { JobContext, Services } from '../context.ts';
import { type LinksLearned, learnLinks } from './learn-links.ts';

/** How often it is looked whether people have said enough to learn from, in milliseconds. */
export const learningEvery = 86_400_000;
/** Fewer new verdicts change nothing that is worth the work. */
const leastNew = 5;
/** Fewer verdicts on one page, or on links, teach nothing of it. */
const leastSpoken = 4;
/** One in so many samples of the pages is held back for the backtest. */
const sampleHeldOneIn = 3;

/** Looks through all repositories; any worker may. */
export function learningJob(): NewJob {
  return jobOf('learnings', '', 'learnings', null);
}

export async function sendLearnJobs({ send, store }: Services): Promise<void> {
  const rows = await store.repositories();
  await send(
    rows.map(({ installation, repository }) =>
      jobOf('learn', repository, `${repository}:learn`, installation),
    ),
  );
}

function jobOf(kind: string, repository: string, key: string, installation: number | null): NewJob {
  return { kind, repository, key, installation, data: {}, priority: 100, notBefore: 0 };
}

/** What a round of learning works with. */
interface Lesson {
  readonly context: JobContext;
  readonly settings: RepositorySettings;
  readonly memories: ReadonlyMap<number, Memory>;
  readonly verdicts: readonly WeightedVerdict[];
  readonly active: ActiveModels;
}

/** A model that might take the place of what is in use. */
interface Candidate {
  readonly content: string;
  readonly line: string;
}

/**
 * Learns from what people have said since the last time, if it is enough. Each kind of model is adopted by itself, and only
 * when it is better on verdicts that did not teach it and no worse on the backtest; the ledger then says what changed.
 */
export async function learnFromVerdicts(context: JobContext): Promise<void> {
  const { github, services: ports, row } = context;
  const { clock, models, histories, settings: repositories, store } = ports;
  const { repository } = row;
  let registry = await readRegistry(store, repository);
  const remembered = await store.memories(repository);
  const verdicts = weightedVerdicts(remembered, clock.now());
  const heard = verdicts.filter(({ by }) => by !== 'silence').length;
  if (heard < registry.heard + leastNew) return;
  const settings = await repositories.of(repository, github);
  const history = await histories.of(repository, github);
  const memories = new Map(remembered.map((memory) => [memory.number, memory]));
  const current = (): Promise<ActiveModels> =>
    models.of(repository, registry, settings.knowledge.signatures, history.duplicates);
  const lessonFor = async (kind: ModelKind): Promise<Lesson> => ({
    context,
    settings,
    memories,
    verdicts: verdicts.filter(({ at }) => at > registry.since[kind]),
    active: await current(),
  });
  const take = async (kind: ModelKind, candidate: Candidate | null): Promise<void> => {
    if (candidate === null) return;
    const { mode } = settings.config;
    const model = { ...candidate, kind, mode, at: clock.now(), cause: context.job.id };
    registry = await activate(store, repository, registry, model);
    ports.log.info({ repository, kind, line: candidate.line }, 'learned from verdicts');
  };
  await take('signatures', await learnPages(await lessonFor('signatures')));
  const links = await judgeLinks(await lessonFor('links'));
  const better = links === null ? null : betterLinks(links, settings.config);
  if (links !== null && better !== null)
    await take('links', { line: better, content: writeLinks(links.model, history.duplicates) });
  const said = links === null ? null : better === null ? links.before : links.after;
  await take('bars', await learnThresholds(await lessonFor('bars'), said));
  await saveRegistry(store, repository, { ...registry, heard });
}

/** Voices by page, those first that teach; only where people have said enough. */
function pagesOf(
  verdicts: readonly WeightedVerdict[],
): readonly (readonly [page: string, voices: readonly WeightedVerdict[]])[] {
  return [...Map.groupBy(verdicts, ({ finding }) => modelSubject(finding))]
    .filter(([, own]) => own.filter(({ by }) => by !== 'silence').length >= leastSpoken)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

interface Judgement extends LabelledSample {
  readonly voice: WeightedVerdict;
}

function reportsOf(
  verdicts: readonly WeightedVerdict[],
  id: string,
  { settings, memories }: Lesson,
): Judgement[] {
  return verdicts.flatMap((verdict) => {
    const heard = memories.get(verdict.number)?.heard;
    const spoken = heard === undefined ? null : settings.knowledge.trainingData.spoken(heard, id, verdict);
    return spoken === null ? [] : [{ ...spoken, voice: verdict }];
  });
}

/** Adjustments of pages, each on its own merit; null when none is better. */
async function learnPages(lesson: Lesson): Promise<Candidate | null> {
  const { settings, active: inUse, verdicts } = lesson;
  const { comment } = settings.config;
  const adjustments = new Map(inUse.adjustments);
  const lines: string[] = [];
  for (const [page, own] of pagesOf(verdicts)) {
    if (page === 'duplicate') continue;
    const id = page.slice('signature:'.length);
    const reports = reportsOf(own, id, lesson);
    const [held, taught] = split(reports, ({ voice: verdict }) => verdict.heldBack);
    const samples = await settings.knowledge.trainingData.samples(id);
    const [test, anchors] = split(samples, (_, index) => index % sampleHeldOneIn === 0);
    const candidate = learnAdjustment(taught, anchors);
    const threshold = Math.max(comment.at, inUse.thresholds.get(page) ?? 0);
    const trial = (judged: readonly LabelledSample[]): ModelComparison => {
      const under = (linear: typeof candidate | undefined): ThresholdedPrediction[] =>
        judged.map(({ features, logOdds, right, weight }) => {
          const probability = probabilityAt(logOdds, adjustment(linear, features));
          return { probability, right, weight, threshold };
        });
      return trialOf(under(inUse.adjustments.get(id)), under(candidate), promiseOf(comment.at));
    };
    const [onHeld, onTest] = [trial(held), trial(test)];
    const why = rejectionReason(onHeld, onTest, spokenIn(held.map(({ voice: verdict }) => verdict)));
    explain(lesson, page, why);
    if (why !== null) continue;
    adjustments.set(id, candidate);
    lines.push(line(id, own, onHeld, onTest));
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeAdjustments(adjustments, settings.knowledge.signatures) };
}

interface LinksSaid extends LinksLearned {
  /** Least probability at which a link is said. */
  readonly threshold: number;
  readonly verdicts: readonly WeightedVerdict[];
}

/** What the model in use, and one that was learned anew, say of the links that people judged. */
async function judgeLinks({ settings, active: inUse, context, verdicts }: Lesson): Promise<LinksSaid | null> {
  const { services: ports, row } = context;
  const home = `duplicate:${row.repository}#`.toLowerCase();
  const own = verdicts.filter(({ finding }) => finding.toLowerCase().startsWith(home));
  if (pagesOf(own).length === 0) return null;
  const history = await ports.histories.of(row.repository, context.github);
  const links = (given: readonly WeightedVerdict[]): SaidLink[] =>
    given
      .filter(({ number }) => history.index.slots.has(number))
      .map(({ at, finding, number, right, weight }) => ({
        number,
        of: Number(finding.slice(home.length)),
        right,
        weight,
        at,
      }));
  const [held, taught] = split(own, (verdict) => verdict.heldBack);
  const learned = await learnLinks({
    index: snapshot(history.index),
    events: history.links,
    model: inUse.links ?? history.duplicates,
    taught: links(taught),
    held: links(held),
    marks: links(taught.filter(({ by }) => by === 'maintainer' || by === 'reporter')),
  });
  const threshold = Math.max(settings.config.duplicates.at, inUse.thresholds.get('duplicate') ?? 0);
  return { ...learned, threshold, verdicts: own };
}

/** The line of a better model of links; null when it is none. */
function betterLinks(
  { after, threshold, before, verdicts }: LinksSaid,
  { duplicates }: Config,
): string | null {
  const at = (links: readonly JudgedLink[]): ThresholdedPrediction[] =>
    links.map((link) => ({ ...link, threshold }));
  const promise = promiseOfLinks(duplicates.at);
  const held = trialOf(at(before.held), at(after.held), promise);
  const backtest = trialOf(at(before.backtest), at(after.backtest), promise);
  const spoken = Math.min(spokenIn(verdicts.filter((verdict) => verdict.heldBack)), before.held.length);
  return rejectionReason(held, backtest, spoken) === null ? line('links', verdicts, held, backtest) : null;
}

/** Bars of pages and links under the models that are in use by now; null when none is better. */
async function learnThresholds(
  lesson: Lesson,
  links: LinksLearned['before'] | null,
): Promise<Candidate | null> {
  const { settings, active: inUse, verdicts } = lesson;
  const thresholds = new Map(inUse.thresholds);
  const lines: string[] = [];
  for (const [page, own] of pagesOf(verdicts)) {
    const rated = page === 'duplicate' ? links : await ratedOf(page, own, lesson);
    if (rated === null) continue;
    const base = page === 'duplicate' ? settings.config.duplicates.at : settings.config.comment.at;
    const promise = page === 'duplicate' ? promiseOfLinks(base) : promiseOf(base);
    const old = thresholds.get(page) ?? base;
    const threshold = learnThreshold(rated.taught, base, promise) ?? base;
    const at = (judged: readonly JudgedLink[], least: number): ThresholdedPrediction[] =>
      judged.map((one) => ({ ...one, threshold: Math.max(base, least) }));
    const trial = (judged: readonly JudgedLink[]): ModelComparison =>
      trialOf(at(judged, old), at(judged, threshold), promise);
    const [held, backtest] = [trial(rated.held), trial(rated.backtest)];
    const spoken = Math.min(spokenIn(own.filter((verdict) => verdict.heldBack)), rated.held.length);
    const why =
      threshold === old
        ? 'the bar stays'
        : rejectionReason(held, backtest, spoken, { thresholdsOnly: threshold > old });
    explain(lesson, `bar of ${page}`, why);
    if (why !== null) continue;
    if (threshold === base) thresholds.delete(page);
    else thresholds.set(page, threshold);
    lines.push(
      `bar ${old} → ${threshold}${threshold >= 1 ? ' (not said any more)' : ''}, ${line(page, own, held, backtest)}`,
    );
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeThresholds(thresholds, settings.knowledge.signatures) };
}

/** What the pages say now of reports that people judged, and of samples. */
async function ratedOf(
  page: string,
  verdicts: readonly WeightedVerdict[],
  lesson: Lesson,
): Promise<LinksLearned['before']> {
  const id = page.slice('signature:'.length);
  const linear = lesson.active.adjustments.get(id);
  const rate = ({ features, logOdds, right, weight }: LabelledSample): JudgedLink => {
    return { right, weight, probability: probabilityAt(logOdds, adjustment(linear, features)) };
  };
  const [held, taught] = split(reportsOf(verdicts, id, lesson), ({ voice: verdict }) => verdict.heldBack);
  const samples = await lesson.settings.knowledge.trainingData.samples(id);
  return { taught: taught.map(rate), held: held.map(rate), backtest: samples.map(rate) };
}

function trialOf(
  before: readonly ThresholdedPrediction[],
  after: readonly ThresholdedPrediction[],
  promise: number,
): ModelComparison {
  return { before: qualityOf(before, promise), after: qualityOf(after, promise) };
}

/** A bar promises that so many of what is said are right; one in twenty is wrong whatever it says. */
function promiseOf(base: number): number {
  return Math.max(0.5, Math.min(0.95, base));
}

/** How sure links are lies anywhere between their bar and certainty: all of them promise more than the bar, half way. */
function promiseOfLinks(base: number): number {
  return promiseOf((1 + base) / 2);
}

function spokenIn(verdicts: readonly WeightedVerdict[]): number {
  return verdicts.filter(({ by }) => by !== 'silence').length;
}

function line(
  what: string,
  verdicts: readonly WeightedVerdict[],
  held: ModelComparison,
  backtest: ModelComparison,
): string {
  const [right, wrong] = split(
    verdicts.filter(({ by }) => by !== 'silence'),
    (verdict) => verdict.right,
  );
  return `${what}, from ${right.length} confirmations and ${wrong.length} refusals; held-back verdicts: ${printTrial(held)}; backtest: ${printTrial(backtest)}`;
}

function explain({ context }: Lesson, what: string, why: string | null): void {
  if (why !== null)
    context.services.log.info({ repository: context.row.repository, what, why }, 'not adopted');
}

function split<T>(items: readonly T[], first: (item: T, index: number) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const [index, item] of items.entries()) (first(item, index) ? yes : no).push(item);
  return [yes, no];
}
