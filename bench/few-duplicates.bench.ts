import { existsSync } from 'node:fs';
import { readClusters, readIssues } from '../src/cli/input/read-issues.ts';
import { createIo } from '../src/cli/io.ts';
import { earlierMembers, linkEvents } from '../src/duplicates/evaluation/evaluate.ts';
import { type LinearModel, linearScore } from '../src/duplicates/ranking/linear.ts';
import { learnRanking, rankingExample } from '../src/duplicates/training/learn-ranking.ts';
import type { RankingExample } from '../src/duplicates/training/listwise.ts';
import { latentSpaceOf, replay } from '../src/duplicates/training/replay.ts';
import { seeded } from '../test/double/random.ts';

const issuesFile = '../shared/data/rust-issues.jsonl.gz';
const clustersFile = '../shared/data/rust-duplicates.json';
/**
 * Others' weights come from the issues below `others`, the queries from `judged` on, and a repository's own
 * duplicates from just before these.
 */
const [others, judged] = [9_000, 17_600];

/**
 * What a few duplicates of its own are worth to a repository that begins with nothing, others' weights or
 * wrong ones.
 */
export async function bench(
  print: (line: string) => void,
  note: (figure: string, value: number) => void,
): Promise<void> {
  if (!existsSync(issuesFile)) {
    print(`few duplicates: skipped, ${issuesFile} is absent`);
    return;
  }
  const io = createIo();
  const all = await readIssues(issuesFile, io);
  const issues = [...all.values()];
  const earlier = earlierMembers(await readClusters(clustersFile, all, io));
  const examples: { readonly number: number; readonly example: RankingExample }[] = [];
  const latent = latentSpaceOf(issues.filter(({ number }) => number < judged));
  for (const moment of replay(issues, linkEvents(issues, earlier), latent)) {
    const { number } = moment.issue;
    const example = rankingExample(moment, earlier.get(number) ?? new Set());
    if (example !== null) examples.push({ number, example });
  }
  const between = (from: number, to: number): RankingExample[] =>
    examples.filter(({ number }) => number >= from && number < to).map(({ example }) => example);
  const queries = between(judged, Number.POSITIVE_INFINITY);
  const past = between(others, judged);
  const theirs = learnRanking(between(0, others), null, 0);
  if (theirs === null) throw new Error('nothing to learn from');
  const wrong = disturbed(theirs);

  print(`few duplicates: MRR of ${queries.length} queries`);
  print(
    `  others' weights alone ${meanReciprocal(queries, theirs)}, ` +
      `wrong ones ${meanReciprocal(queries, wrong)}`,
  );
  for (const count of [10, 20, 40, 60, 100, 200]) {
    const own = past.slice(-count);
    const [nothing, begun, mended] = [null, theirs, wrong].map((before) =>
      meanReciprocal(queries, learnRanking(own, before, 0)),
    );
    print(`  ${count} of its own: from nothing ${nothing}, from others' ${begun}, from wrong ones ${mended}`);
    if (count === 20) note('20 of its own, from others\u2019', Number(begun));
  }
}

/** Each weight up to three times as much or as little, by chance. */
function disturbed(model: LinearModel): LinearModel {
  const random = seeded(1);
  return { ...model, weights: model.weights.map((weight) => weight * 3 ** (2 * random() - 1)) };
}

/** Over the first twenty places. */
function meanReciprocal(queries: readonly RankingExample[], model: LinearModel | null): string {
  const width = model?.weights.length ?? 0;
  const sum = queries.reduce((total, { rows, relevant }) => {
    const scores = Array.from(relevant, (_, row) =>
      model === null ? 0 : linearScore(model, rows, row * width),
    );
    const best = Math.max(...scores.filter((_, row) => relevant[row] === 1), Number.NEGATIVE_INFINITY);
    const place = scores.filter((score) => score > best).length;
    return total + (best > Number.NEGATIVE_INFINITY && place < 20 ? 1 / (place + 1) : 0);
  }, 0);
  return (sum / queries.length).toFixed(3);
}
