import type { Finding } from '../model/finding.ts';
import type { Issue, Thread } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';
import { link } from './comment.ts';
import { quote } from './quote.ts';
import { findingKey, isThread } from './situation.ts';

/** Orders two versions: negative when the first is earlier. */
export type CompareVersions = (a: string, b: string) => number;

interface Reported {
  readonly issue: Pick<Issue, 'repository' | 'createdAt'>;
  /** The version that the report names; null for none. */
  readonly version: string | null;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** By `findingKey`. */
  readonly roots: ReadonlyMap<string, Root>;
  readonly compareVersions: CompareVersions;
}

/** Findings, and their roots by key, in which what was mended before this report is called a regression. */
export function withRegressions(
  findings: readonly Finding[],
  reported: Reported,
): { readonly findings: readonly Finding[]; readonly roots: ReadonlyMap<string, Root> } {
  const roots = new Map(reported.roots);
  const changed = findings.map((finding): Finding => {
    const root = roots.get(findingKey(finding));
    const why = regressionOf(finding, root, reported);
    if (why === null) return finding;
    const regression = { ...finding, kind: 'regression' as const, notes: [...(finding.notes ?? []), why] };
    if (root !== undefined) roots.set(findingKey(regression), root);
    return regression;
  });
  return { findings: changed, roots };
}

/** When a failure was mended, and what of this report comes later; null where that is not known. */
function regressionOf(
  finding: Finding,
  root: Root | undefined,
  { compareVersions, issue, signatures, version }: Reported,
): string | null {
  if (finding.kind !== 'signature' && finding.kind !== 'duplicate') return null;
  const fixedIn = finding.kind === 'signature' ? (signatures.get(finding.id)?.fixedIn ?? null) : null;
  const from = (mended: string): string | null =>
    version !== null && compareVersions(version, mended) >= 0 ? `reported on ${quote(version, 40)}` : null;
  if (fixedIn !== null) {
    const later = from(fixedIn);
    return later === null ? null : `fixed in ${quote(fixedIn, 40)}, ${later}`;
  }
  if (root === undefined || root.open !== null || root.fixed === null) return null;
  const { fixed } = root;
  const mended = versionOf(fixed);
  if (mended !== null) {
    const later = from(mended);
    return later === null ? null : `${link(fixed, issue)} was completed for ${quote(mended, 40)}, ${later}`;
  }
  if (fixed.closedAt === null || issue.createdAt <= fixed.closedAt) return null;
  return `${link(fixed, issue)} was completed on ${dateOf(fixed.closedAt)}, reported after that`;
}

/** The version that a thread's milestone names: `v2.1.0`, `Release 2.1`; null where it names none. */
function versionOf({ milestone }: Thread): string | null {
  return (
    /(?<![\w.])v?(\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?:-[\w.]{1,30})?)(?![\w.])/i.exec(milestone ?? '')?.[1] ??
    null
  );
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** What the comment says of it, after its heading: since when it was mended, and that nothing follows from the likeness. */
export function regressionWords(
  finding: Finding,
  root: Root | null,
  from: Pick<Issue, 'repository'>,
): string {
  const why = finding.notes?.at(-1) ?? '';
  const thread = isThread(finding) ? null : (root?.open ?? root?.fixed ?? root?.past ?? null);
  const where =
    thread === null
      ? ''
      : ` For the maintainers: it was tracked in ${link(thread, from)}${thread.state === 'open' ? ', which is open' : ', which is closed'}.`;
  return `It was mended before: ${why}. So this is no duplicate, and stays open on its own.${where}`;
}
