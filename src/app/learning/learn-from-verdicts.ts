import { type JudgedLink, type LinkVerdict, snapshot } from '../../duplicates/index.ts';
import {
  type Judged,
  learnBar,
  objection,
  pageOf,
  printTrial,
  qualityOf,
  type Trial,
  type Voice,
  voicesOf,
} from '../../learn/index.ts';
import {
  adjustment,
  learnAdjustment,
  probabilityAt,
  type Spoken,
  writeAdjustments,
} from '../../match/index.ts';
import type { Config } from '../../model/config.ts';
import type { Memory } from '../../model/memory.ts';
import type { NewJob } from '../../ports/queue.ts';
import {
  adopt,
  type InUse,
  type ModelKind,
  putShelf,
  readShelf,
  writeBars,
  writeLinks,
} from '../../repository/model-versions.ts';
import type { RepositoryGround } from '../../repository/settings.ts';
import type { JobPorts, Scene } from '../context.ts';
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

export async function sendLearnJobs({ send, store }: JobPorts): Promise<void> {
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
  readonly scene: Scene;
  readonly ground: RepositoryGround;
  readonly memories: ReadonlyMap<number, Memory>;
  readonly voices: readonly Voice[];
  readonly inUse: InUse;
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
export async function learnFromPeople(scene: Scene): Promise<void> {
  const { github, ports, row } = scene;
  const { clock, models, pasts, repositories, store } = ports;
  const { repository } = row;
  let shelf = await readShelf(store, repository);
  const remembered = await store.memories(repository);
  const voices = voicesOf(remembered, clock.now());
  const heard = voices.filter(({ by }) => by !== 'silence').length;
  if (heard < shelf.heard + leastNew) return;
  const ground = await repositories.ground(repository, github);
  const past = await pasts.of(repository, github);
  const memories = new Map(remembered.map((memory) => [memory.number, memory]));
  const current = (): Promise<InUse> =>
    models.of(repository, shelf, ground.knowledge.signatures, past.duplicates);
  const lessonFor = async (kind: ModelKind): Promise<Lesson> => ({
    scene,
    ground,
    memories,
    voices: voices.filter(({ at }) => at > shelf.since[kind]),
    inUse: await current(),
  });
  const take = async (kind: ModelKind, candidate: Candidate | null): Promise<void> => {
    if (candidate === null) return;
    const { mode } = ground.config;
    const model = { ...candidate, kind, mode, at: clock.now(), cause: scene.job.id };
    shelf = await adopt(store, repository, shelf, model);
    ports.log.info({ repository, kind, line: candidate.line }, 'learned from verdicts');
  };
  await take('signatures', await learnPages(await lessonFor('signatures')));
  const links = await judgeLinks(await lessonFor('links'));
  const better = links === null ? null : betterLinks(links, ground.config);
  if (links !== null && better !== null)
    await take('links', { line: better, content: writeLinks(links.model, past.duplicates) });
  const said = links === null ? null : better === null ? links.before : links.after;
  await take('bars', await learnBars(await lessonFor('bars'), said));
  await putShelf(store, repository, { ...shelf, heard });
}

/** Voices by page, those first that teach; only where people have said enough. */
function pagesOf(voices: readonly Voice[]): readonly (readonly [page: string, voices: readonly Voice[]])[] {
  return [...Map.groupBy(voices, ({ finding }) => pageOf(finding))]
    .filter(([, own]) => own.filter(({ by }) => by !== 'silence').length >= leastSpoken)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

interface Judgement extends Spoken {
  readonly voice: Voice;
}

function reportsOf(voices: readonly Voice[], id: string, { ground, memories }: Lesson): Judgement[] {
  return voices.flatMap((voice) => {
    const heard = memories.get(voice.number)?.heard;
    const spoken = heard === undefined ? null : ground.knowledge.teacher.spoken(heard, id, voice);
    return spoken === null ? [] : [{ ...spoken, voice }];
  });
}

/** Adjustments of pages, each on its own merit; null when none is better. */
async function learnPages(lesson: Lesson): Promise<Candidate | null> {
  const { ground, inUse, voices } = lesson;
  const { comment } = ground.config;
  const adjustments = new Map(inUse.adjustments);
  const lines: string[] = [];
  for (const [page, own] of pagesOf(voices)) {
    if (page === 'duplicate') continue;
    const id = page.slice('signature:'.length);
    const reports = reportsOf(own, id, lesson);
    const [held, taught] = split(reports, ({ voice }) => voice.held);
    const samples = await ground.knowledge.teacher.samples(id);
    const [test, anchors] = split(samples, (_, index) => index % sampleHeldOneIn === 0);
    const candidate = learnAdjustment(taught, anchors);
    const bar = Math.max(comment.at, inUse.bars.get(page) ?? 0);
    const trial = (judged: readonly Spoken[]): Trial => {
      const under = (linear: typeof candidate | undefined): Judged[] =>
        judged.map(({ features, logOdds, right, weight }) => {
          const probability = probabilityAt(logOdds, adjustment(linear, features));
          return { probability, right, weight, bar };
        });
      return trialOf(under(inUse.adjustments.get(id)), under(candidate), promiseOf(comment.at));
    };
    const [onHeld, onTest] = [trial(held), trial(test)];
    const why = objection(onHeld, onTest, spokenIn(held.map(({ voice }) => voice)));
    explain(lesson, page, why);
    if (why !== null) continue;
    adjustments.set(id, candidate);
    lines.push(line(id, own, onHeld, onTest));
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeAdjustments(adjustments, ground.knowledge.signatures) };
}

interface LinksSaid extends LinksLearned {
  /** Least probability at which a link is said. */
  readonly bar: number;
  readonly voices: readonly Voice[];
}

/** What the model in use, and one that was learned anew, say of the links that people judged. */
async function judgeLinks({ ground, inUse, scene, voices }: Lesson): Promise<LinksSaid | null> {
  const { ports, row } = scene;
  const home = `duplicate:${row.repository}#`.toLowerCase();
  const own = voices.filter(({ finding }) => finding.toLowerCase().startsWith(home));
  if (pagesOf(own).length === 0) return null;
  const past = await ports.pasts.of(row.repository, scene.github);
  const links = (given: readonly Voice[]): LinkVerdict[] =>
    given
      .filter(({ number }) => past.index.slots.has(number))
      .map(({ at, finding, number, right, weight }) => ({
        number,
        of: Number(finding.slice(home.length)),
        right,
        weight,
        at,
      }));
  const [held, taught] = split(own, (voice) => voice.held);
  const learned = await learnLinks({
    index: snapshot(past.index),
    events: past.links,
    model: inUse.links ?? past.duplicates,
    taught: links(taught),
    held: links(held),
    marks: links(taught.filter(({ by }) => by === 'maintainer' || by === 'reporter')),
  });
  const bar = Math.max(ground.config.duplicates.at, inUse.bars.get('duplicate') ?? 0);
  return { ...learned, bar, voices: own };
}

/** The line of a better model of links; null when it is none. */
function betterLinks({ after, bar, before, voices }: LinksSaid, { duplicates }: Config): string | null {
  const at = (links: readonly JudgedLink[]): Judged[] => links.map((link) => ({ ...link, bar }));
  const promise = promiseOfLinks(duplicates.at);
  const held = trialOf(at(before.held), at(after.held), promise);
  const backtest = trialOf(at(before.backtest), at(after.backtest), promise);
  const spoken = Math.min(spokenIn(voices.filter((voice) => voice.held)), before.held.length);
  return objection(held, backtest, spoken) === null ? line('links', voices, held, backtest) : null;
}

/** Bars of pages and links under the models that are in use by now; null when none is better. */
async function learnBars(lesson: Lesson, links: LinksLearned['before'] | null): Promise<Candidate | null> {
  const { ground, inUse, voices } = lesson;
  const bars = new Map(inUse.bars);
  const lines: string[] = [];
  for (const [page, own] of pagesOf(voices)) {
    const rated = page === 'duplicate' ? links : await ratedOf(page, own, lesson);
    if (rated === null) continue;
    const base = page === 'duplicate' ? ground.config.duplicates.at : ground.config.comment.at;
    const promise = page === 'duplicate' ? promiseOfLinks(base) : promiseOf(base);
    const old = bars.get(page) ?? base;
    const bar = learnBar(rated.taught, base, promise) ?? base;
    const at = (judged: readonly JudgedLink[], least: number): Judged[] =>
      judged.map((one) => ({ ...one, bar: Math.max(base, least) }));
    const trial = (judged: readonly JudgedLink[]): Trial =>
      trialOf(at(judged, old), at(judged, bar), promise);
    const [held, backtest] = [trial(rated.held), trial(rated.backtest)];
    const spoken = Math.min(spokenIn(own.filter((voice) => voice.held)), rated.held.length);
    const why = bar === old ? 'the bar stays' : objection(held, backtest, spoken, { quieter: bar > old });
    explain(lesson, `bar of ${page}`, why);
    if (why !== null) continue;
    if (bar === base) bars.delete(page);
    else bars.set(page, bar);
    lines.push(
      `bar ${old} → ${bar}${bar >= 1 ? ' (not said any more)' : ''}, ${line(page, own, held, backtest)}`,
    );
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeBars(bars, ground.knowledge.signatures) };
}

/** What the pages say now of reports that people judged, and of samples. */
async function ratedOf(
  page: string,
  voices: readonly Voice[],
  lesson: Lesson,
): Promise<LinksLearned['before']> {
  const id = page.slice('signature:'.length);
  const linear = lesson.inUse.adjustments.get(id);
  const rate = ({ features, logOdds, right, weight }: Spoken): JudgedLink => {
    return { right, weight, probability: probabilityAt(logOdds, adjustment(linear, features)) };
  };
  const [held, taught] = split(reportsOf(voices, id, lesson), ({ voice }) => voice.held);
  const samples = await lesson.ground.knowledge.teacher.samples(id);
  return { taught: taught.map(rate), held: held.map(rate), backtest: samples.map(rate) };
}

function trialOf(before: readonly Judged[], after: readonly Judged[], promise: number): Trial {
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

function spokenIn(voices: readonly Voice[]): number {
  return voices.filter(({ by }) => by !== 'silence').length;
}

function line(what: string, voices: readonly Voice[], held: Trial, backtest: Trial): string {
  const [right, wrong] = split(
    voices.filter(({ by }) => by !== 'silence'),
    (voice) => voice.right,
  );
  return `${what}, from ${right.length} confirmations and ${wrong.length} refusals; held-back verdicts: ${printTrial(held)}; backtest: ${printTrial(backtest)}`;
}

function explain({ scene }: Lesson, what: string, why: string | null): void {
  if (why !== null) scene.ports.log.info({ repository: scene.row.repository, what, why }, 'not adopted');
}

function split<T>(items: readonly T[], first: (item: T, index: number) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const [index, item] of items.entries()) (first(item, index) ? yes : no).push(item);
  return [yes, no];
}
