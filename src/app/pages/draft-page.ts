import { categorise } from '../../classify/index.ts';
import { quote } from '../../decide/index.ts';
import {
  draftSignature,
  type NumberedReport,
  type RuleMatcher,
  renderDraft,
  type SignatureDraft,
} from '../../digest/index.ts';
import { compile, sampleIssue } from '../../match/index.ts';
import type { Report } from '../../model/report.ts';
import type { Signature } from '../../model/signature.ts';
import { readReport } from '../../report/index.ts';

/** A drafted page: its path below the folder of pages, and its text. */
export interface DraftedPage {
  readonly draft: SignatureDraft;
  readonly file: string;
  readonly text: string;
}

/** Drafts the page of a group; null when its reports share nothing that the background does not. Texts are redacted. */
export function draftPage(
  members: readonly NumberedReport[],
  background: readonly NumberedReport[],
  nearest: readonly number[],
  taken: ReadonlySet<string>,
): DraftedPage | null {
  const category = mostNamed(members.flatMap(({ report }) => categorise(report)?.category ?? []))[0];
  const drafted = draftSignature({
    members,
    background,
    nearest,
    category: category ?? 'local-runtime',
    labels: [],
    taken,
    matcher: matchRules,
    read: (sample) => readReport(sampleIssue(sample)),
  });
  if (drafted === null) return null;
  const facts = (kind: string): string[] =>
    mostNamed(members.flatMap(({ report }) => factsOf(report, kind))).slice(0, 5);
  const seen = { reports: members.length, versions: facts('version'), platforms: facts('platform') };
  return { draft: drafted, file: `${drafted.id}.md`, text: renderDraft(drafted, seen, quote) };
}

/** The rules as so many pages in one matcher: each report is read once for all of them. */
const matchRules: RuleMatcher = (rules) => {
  const matcher = compile(rules.map((rule, index) => pageOf(index, { any: [rule] })));
  return (report) => new Set(matcher(report).hits.map(({ signature }) => Number(signature.id)));
};

function pageOf(index: number, match: Signature['match']): Signature {
  return {
    id: String(index),
    aliases: [],
    title: '',
    category: 'local-runtime',
    labels: [],
    threads: [],
    fixedIn: null,
    match,
    samples: { matches: [], differs: [] },
    sections: [],
    pack: { name: '', repository: '', url: null },
    path: '',
  };
}

function factsOf({ facts }: Report, kind: string): string[] {
  const first = facts.find((fact) => fact.kind === kind);
  return first === undefined ? [] : [first.value];
}

function mostNamed<T extends string>(values: readonly T[]): T[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([value]) => value);
}
