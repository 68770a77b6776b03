import type { Finding } from '../model/finding.ts';
import type { Issue, Thread } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';
import { link } from './comment.ts';
import { quote } from './quote.ts';
import { findingKey, isThread } from './situation.ts';

/** Orders two versions: negative when the first is earlier. */
export type CompareVersions = (a: string, b: string) => number;

interface RegressionContext {
  readonly issue: Pick<Issue, 'repository' | 'createdAt'>;
  /** The version that the report names; null for none. */
  readonly version: string | null;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** By `findingKey`. */
  readonly roots: ReadonlyMap<string, Root>;
  readonly compareVersions: CompareVersions;
}

/**
 * Turns findings of failures that were fixed before this report into regressions, under their own root keys.
 */
export function flagRegressions(
  findings: readonly Finding[],
  context: RegressionContext,
): { readonly findings: readonly Finding[]; readonly roots: ReadonlyMap<string, Root> } {
  const roots = new Map(context.roots);
  const changed = findings.map((finding): Finding => {
    const root = roots.get(findingKey(finding));
    const why = regressionOf(finding, root, context);
    if (why === null) return finding;
    const regression = { ...finding, kind: 'regression' as const, notes: [...(finding.notes ?? []), why] };
    if (root !== undefined) roots.set(findingKey(regression), root);
    return regression;
  });
  return { findings: changed, roots };
}

/** When a failure was fixed, and what shows that the report came later; null for no regression. */
function regressionOf(
  finding: Finding,
  root: Root | undefined,
  { compareVersions, issue, signatures, version }: RegressionContext,
): string | null {
  if (finding.kind !== 'signature' && finding.kind !== 'duplicate') return null;
  const fixedIn = finding.kind === 'signature' ? (signatures.get(finding.id)?.fixedIn ?? null) : null;
  const reportedSince = (fixedVersion: string): string | null =>
    version !== null && compareVersions(version, fixedVersion) >= 0
      ? `reported on ${quote(version, 40)}`
      : null;
  if (fixedIn !== null) {
    const later = reportedSince(fixedIn);
    return later === null ? null : `fixed in ${quote(fixedIn, 40)}, ${later}`;
  }
  if (root === undefined || root.open !== null || root.fixed === null) return null;
  const { fixed } = root;
  const mended = versionOf(fixed);
  if (mended !== null) {
    const later = reportedSince(mended);
    return later === null ? null : `${link(fixed, issue)} was completed for ${quote(mended, 40)}, ${later}`;
  }
  if (fixed.closedAt === null || issue.createdAt <= fixed.closedAt) return null;
  return `${link(fixed, issue)} was completed on ${dateOf(fixed.closedAt)}, reported after that`;
}

/** The version in a thread's milestone (`v2.1.0`, `Release 2.1`); null for none. */
function versionOf({ milestone }: Thread): string | null {
  return (
    /(?<![\w.])v?(\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?:-[\w.]{1,30})?)(?![\w.])/i.exec(milestone ?? '')?.[1] ??
    null
  );
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * The comment's words on a regression: since when it was fixed, and that the issue stays open as no
 * duplicate.
 */
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
      : ' For the maintainers: it was tracked in ' +
        `${link(thread, from)}${thread.state === 'open' ? ', which is open' : ', which is closed'}.`;
  return `It was mended before: ${why}. So this is no duplicate, and stays open on its own.${where}`;
}
