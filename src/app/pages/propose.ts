import { type FailureGroups, minDrafted, type NumberedReport } from '../../digest/index.ts';
import { add, createIndex, type IndexableIssue, similarities } from '../../duplicates/index.ts';
import { readPage } from '../../knowledge/index.ts';
import { backtest, backtestMarkdown, createRecogniser } from '../../match/index.ts';
import { readReport, redactText } from '../../report/index.ts';
import { type DraftedPage, draftPage } from './draft-page.ts';

/** An issue as a proposal is made of it: of redacted text. */
export interface Source extends NumberedReport {
  readonly author: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A page for one group, and what it would have done on the issues it was drafted from. */
export interface PageFor {
  readonly group: number;
  /** Every name that the group had: its own first. */
  readonly names: readonly number[];
  readonly members: readonly number[];
  readonly page: DraftedPage;
  /** Markdown: the text of a pull request. */
  readonly backtest: string;
}

const nearMisses = 8;

/** Reads an issue for a proposal; credentials in it are taken out first. */
export async function readSource(issue: {
  readonly number: number;
  readonly author: string;
  readonly createdAt: number;
  readonly title: string;
  readonly body: string;
}): Promise<Source> {
  const { author, createdAt, number } = issue;
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return { number, author, createdAt, report: readReport({ title, body }) };
}

/** Drafts a page for each group that is large enough. `threshold` is the least probability at which a comment is posted. */
export function pagesFor(
  { groups }: FailureGroups,
  sources: readonly Source[],
  taken: ReadonlySet<string>,
  threshold: number,
): readonly PageFor[] {
  const byNumber = new Map(sources.map((source) => [source.number, source]));
  const ids = new Set(taken);
  return groups.flatMap(({ also = [], members: numbers, name }): PageFor[] => {
    const members = numbers.flatMap((number) => byNumber.get(number) ?? []);
    if (members.length < minDrafted) return [];
    const background = sources.filter(({ number }) => !numbers.includes(number));
    const page = draftPage(members, background, nearest(members, background), ids);
    if (page === null) return [];
    ids.add(page.draft.id);
    return [
      {
        group: name,
        names: [name, ...also],
        members: numbers,
        page,
        backtest: tested(page, sources, threshold),
      },
    ];
  });
}

/** The background reports that are most like the group: what a rule must not hit. */
function nearest(members: readonly Source[], background: readonly Source[]): readonly number[] {
  const index = createIndex();
  for (const source of [...background, ...members]) add(index, filing(source));
  const own = members.map(({ number }) => number);
  return [...similarities(index, own)]
    .filter(([number]) => !own.includes(number))
    .toSorted((a, b) => b[1] - a[1])
    .map(([number]) => number)
    .slice(0, nearMisses);
}

function filing({ author, createdAt, number, report }: Source): IndexableIssue {
  return { number, author, createdAt, closedAt: null, report };
}

function tested({ file, text }: DraftedPage, sources: readonly Source[], threshold: number): string {
  const { signature } = readPage(file, text, { name: 'proposed', repository: '', url: null });
  const signatures = signature === null ? [] : [signature];
  const recogniser = createRecogniser(signatures, []);
  const results = backtest(sources, { signatures, recogniserFor: () => recogniser }, null, threshold);
  return backtestMarkdown(results, sources.length);
}
