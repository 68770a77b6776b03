import { reports } from '../demo/reports.ts';
import type { Double } from '../double/double.ts';

export const repository = 'anthropics/claude-code';

/** Labels that Signpost may use here, and one of people's. */
export const labels = ['bug', 'area:auth', 'area:mcp', 'area:api', 'area:core', 'platform:macos'].concat(
  ['mcp-oauth-needs-authentication', 'api-529-overloaded'].map((id) => `signature:${id}`),
);

/** What was found earlier depends on the order in which events arrive, so no run is like another: left out. */
export const config = 'mode: advise\nlimits: { comments: 1000 per hour }\nduplicates: { at: 1 }\n';

const oauth = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const overloaded = {
  title: 'API Error: 529 Overloaded',
  body: 'Every prompt ends in:\n\n```\nAPI Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n```',
};
const wish = { title: '[FEATURE] A darker theme', body: 'It is bright here.' };

/** People wait for what they answer to, so that the end does not depend on when things happen. */
interface Step {
  /** Part of our comment that they have seen. */
  readonly after: string;
  /** And a label that came after it. */
  readonly label?: string;
  readonly act: (double: Double, number: number) => void;
}

interface Plot {
  readonly opening: { readonly title: string; readonly body: string };
  readonly steps: readonly Step[];
}

const edit =
  (change: { readonly title: string; readonly body: string }): Step['act'] =>
  (double, number) =>
    double.editIssue({ repository, number }, { ...change, by: 'reporter' });

const plots: readonly Plot[] = [
  { opening: oauth, steps: [] },
  { opening: wish, steps: [] },
  { opening: oauth, steps: [{ after: 'Needs authentication', act: edit(overloaded) }] },
  { opening: overloaded, steps: [{ after: '529', act: edit(wish) }] },
  {
    opening: oauth,
    steps: [
      {
        after: 'Needs authentication',
        label: 'area:mcp',
        act: (double, number) => {
          double.unlabel({ repository, number }, 'area:mcp', 'maintainer');
          edit({ ...oauth, body: `${oauth.body}\n\nStill so today.` })(double, number);
        },
      },
    ],
  },
  {
    opening: overloaded,
    steps: [
      { after: '529', act: edit(oauth) },
      { after: 'Needs authentication', act: edit(wish) },
      { after: 'Taken back', act: edit(overloaded) },
    ],
  },
];
/**
 * Two refusals among the last ten comments of a page brake it, as they should, and in a storm comments come up to an hour
 * out of order: people of this GitHub refuse so far apart that no order of events brings two together.
 */
const refusalEvery = 200;
const refusal: Plot = {
  opening: oauth,
  steps: [
    {
      after: 'Needs authentication',
      act: (double, number) => double.comment({ repository, number }, '/signpost not-this', 'reporter'),
    },
  ],
};

/** People on this GitHub: issues are opened in one order, whatever else happens. */
export interface Stories {
  openNext(): void;
  /** Everybody who has seen what they wait for does the next thing. */
  goOn(): void;
  readonly numbers: readonly number[];
}

export function createStories(double: Double): Stories {
  const numbers: number[] = [];
  const underWay = new Map<number, readonly Step[]>();
  return {
    numbers,
    openNext() {
      const n = numbers.length;
      const plot = n % refusalEvery === 20 ? refusal : plots[n % plots.length];
      if (plot === undefined) return;
      const { number } = double.openIssue({ repository, author: 'reporter', ...plot.opening });
      numbers.push(number);
      underWay.set(number, plot.steps);
    },
    goOn() {
      for (const [number, [next, ...later]] of underWay) {
        if (next === undefined) underWay.delete(number);
        else if (hasSeen(double, number, next)) {
          next.act(double, number);
          underWay.set(number, later);
        }
      }
    },
  };
}

function hasSeen(double: Double, number: number, { after, label }: Step): boolean {
  return (
    ours(double, number).some((body) => body.includes(after)) &&
    (label === undefined || double.issue(repository, number).labels.some(({ name }) => name === label))
  );
}

export function ours(double: Double, number: number): readonly string[] {
  return double
    .issue(repository, number)
    .comments.filter(({ app }) => app !== null)
    .map(({ body }) => body);
}

/** Our comments and the labels of every issue, at the end. */
export type Ending = ReadonlyMap<
  number,
  { readonly ours: readonly string[]; readonly labels: readonly string[] }
>;

export function endingOf(double: Double, numbers: readonly number[]): Ending {
  return new Map(
    numbers.map((number) => [
      number,
      {
        ours: ours(double, number),
        labels: double
          .issue(repository, number)
          .labels.map(({ name }) => name)
          .sort(),
      },
    ]),
  );
}
