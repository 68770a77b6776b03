import { modelSubject, type WeightedVerdict } from '../../learn/index.ts';
import type { LabelledSample } from '../../match/index.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { ActiveModels } from '../../repository/model-registry.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import type { JobContext } from '../context.ts';

/** What one round of learning one kind of model works with. */
export interface TrainingRound {
  readonly context: JobContext;
  readonly settings: RepositorySettings;
  readonly states: ReadonlyMap<number, IssueState>;
  /** Those that may teach this kind of model. */
  readonly verdicts: readonly WeightedVerdict[];
  readonly active: ActiveModels;
}

/** A model that might take the place of the one in use. */
export interface Candidate {
  readonly content: string;
  /** What changed, on what evidence. */
  readonly line: string;
}

/** What verdicts are about, and each one's threshold: links, or the signature `signature:<id>`. */
export const linksSubject = 'duplicate';

/** Fewer verdicts on one subject teach nothing of it. */
const leastVerdicts = 4;

/** Verdicts that people gave. Their silence is the weaker kind, and is not counted. */
export function countSpoken(verdicts: readonly WeightedVerdict[]): number {
  return verdicts.filter(({ by }) => by !== 'silence').length;
}

/** Verdicts by subject, in the order of its name; only where people have said enough. */
export function bySubject(
  verdicts: readonly WeightedVerdict[],
): readonly (readonly [subject: string, verdicts: readonly WeightedVerdict[]])[] {
  return [...Map.groupBy(verdicts, ({ finding }) => modelSubject(finding))]
    .filter(([, some]) => countSpoken(some) >= leastVerdicts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The signature of a subject that is no link. */
export function signatureOf(subject: string): string {
  return subject.slice('signature:'.length);
}

/** Reports with a verdict on one signature, as far as what was kept of them can still be read. */
export function reportsOn(
  id: string,
  verdicts: readonly WeightedVerdict[],
  { states, settings }: TrainingRound,
): { readonly trainingSet: readonly LabelledSample[]; readonly holdOut: HoldOut } {
  const { trainingData } = settings.knowledge;
  const read = (some: readonly WeightedVerdict[]): [LabelledSample, WeightedVerdict][] =>
    some.flatMap((verdict): [LabelledSample, WeightedVerdict][] => {
      const sample = states.get(verdict.number)?.trainingSample;
      const report = sample == null ? null : trainingData.spoken(sample, id, verdict);
      return report === null ? [] : [[report, verdict]];
    });
  const [held, teaching] = partition(verdicts, (verdict) => verdict.heldBack);
  const holdOut = read(held);
  return {
    trainingSet: read(teaching).map(([report]) => report),
    holdOut: {
      reports: holdOut.map(([report]) => report),
      spoken: countSpoken(holdOut.map(([, verdict]) => verdict)),
    },
  };
}

/** Reports that teach nothing: a candidate is tried on them. */
interface HoldOut {
  readonly reports: readonly LabelledSample[];
  /** Of how many people have spoken. */
  readonly spoken: number;
}

/** Those that pass, and the others, each in their order. */
export function partition<T>(
  items: readonly T[],
  passes: (item: T, index: number) => boolean,
): [passing: T[], others: T[]] {
  const [passing, others]: [T[], T[]] = [[], []];
  for (const [index, item] of items.entries()) (passes(item, index) ? passing : others).push(item);
  return [passing, others];
}
