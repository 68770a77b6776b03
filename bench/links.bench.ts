import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readClusters, readIssues } from '../src/cli/input/read-issues.ts';
import { createIo } from '../src/cli/io.ts';
import { configSchema } from '../src/config/schema.ts';
import { evaluate, type ProposedLink } from '../src/duplicates/evaluation/evaluate.ts';
import { shippedModel } from '../src/duplicates/index.ts';

const issuesFile = '../shared/data/rust-issues.jsonl.gz';
const clustersFile = '../shared/data/rust-duplicates.json';
const verdictsFile = 'bench/duplicates-verdicts.json';
const from = 17_600;

type Verdict = 'marked' | 'same' | 'doubtful' | 'different';
interface Verdicts {
  readonly pairs: readonly { readonly number: number; readonly target: number; readonly verdict: Verdict }[];
  readonly below: readonly (readonly [
    number: number,
    target: number,
    probability: number,
    verdict: Verdict,
  ])[];
  readonly others: readonly (readonly [number: number, target: number, verdict: Verdict])[];
}

/**
 * The links that would be posted from 17,600 on, and the surer ones below the bar, by what people read of
 * them.
 */
export async function bench(
  print: (line: string) => void,
  note: (figure: string, value: number) => void,
): Promise<void> {
  if (!existsSync(issuesFile)) {
    print(`links: skipped, ${issuesFile} is absent`);
    return;
  }
  const io = createIo();
  const all = await readIssues(issuesFile, io);
  const { links, ranks } = evaluate({
    issues: [...all.values()],
    clusters: await readClusters(clustersFile, all, io),
    from,
    trainUntil: from,
    shipped: shippedModel(),
    tooFew: () => {
      throw new Error('too few duplicates');
    },
    now: () => performance.now(),
    progress: () => {},
  });
  const verdictOf = readVerdicts(JSON.parse(await readFile(verdictsFile, 'utf8')));
  const { at } = configSchema.parse({}).duplicates;
  const bars = [at, 0.7, 0.76, 0.8, 0.85];
  print(`links from ${from} on, ${ranks.length} queries`);
  for (const threshold of bars) {
    const words = judge(
      links.filter(({ probability }) => probability >= threshold),
      verdictOf,
    );
    const { doubtful, marked, posted, same, unread } = words;
    print(
      `  at ${threshold}  ${posted} posted, ${marked} marked (${share(marked, ranks.length)} of the queries), ${same} the same ` +
        `(${share(same, posted)}), ${doubtful} doubtful, ${unread} unread`,
    );
    if (threshold === at) {
      note('judged precision', same / posted);
      note('coverage', marked / ranks.length);
    }
  }
  for (const [low, high] of [
    [0.5, 0.7],
    [0.7, 0.9],
    [0.9, 1],
  ] as const) {
    const inside = links.filter(({ probability }) => probability >= low && probability < high);
    const predicted = inside.reduce((sum, { probability }) => sum + probability, 0);
    const { doubtful, marked, posted, same } = judge(inside, verdictOf);
    print(
      `  ${low} to ${high}  ${posted} issues, predicted ${share(predicted, posted)}, ` +
        `the same ${share(same, posted)} ` +
        `(doubtful as half ${share(same + doubtful / 2, posted)}), marked ${share(marked, posted)}`,
    );
  }
}

function readVerdicts({ below, others, pairs }: Verdicts): (link: ProposedLink) => Verdict | undefined {
  const verdicts = new Map<string, Verdict>([
    ...pairs.map(({ number, target, verdict }) => [`${number} ${target}`, verdict] as const),
    ...below.map(([number, target, , verdict]) => [`${number} ${target}`, verdict] as const),
    ...others.map(([number, target, verdict]) => [`${number} ${target}`, verdict] as const),
  ]);
  return ({ number, right, target }) => (right ? 'marked' : verdicts.get(`${number} ${target}`));
}

/** Of some links: how many are marked, the same by mark or reading, doubtful, or read by nobody. */
function judge(links: readonly ProposedLink[], verdictOf: (link: ProposedLink) => Verdict | undefined) {
  const found = links.map(verdictOf);
  const count = (verdict: Verdict | undefined) => found.filter((one) => one === verdict).length;
  const marked = count('marked');
  return {
    posted: links.length,
    marked,
    same: marked + count('same'),
    doubtful: count('doubtful'),
    unread: count(undefined),
  };
}

function share(part: number, whole: number): string {
  return (part / Math.max(whole, 1)).toFixed(3);
}
