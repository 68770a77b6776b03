import type { IssueState } from '../model/issue-state.ts';
import { claims } from './verdicts.ts';

/** What may not be commented on, and why, until a person resumes. */
export interface CircuitBreaker {
  /** Why no comment may be posted at all; null when comments may. */
  readonly all: string | null;
  /** Why these findings may not be commented on, by finding key. */
  readonly findings: ReadonlyMap<string, string>;
}

/** Recent comments that are considered. */
const windows = { repository: 20, page: 10 };
/** Refusals among them that open the breaker. */
const refusalLimits = { repository: 3, page: 2 };

/** Issues to load, so that pages that are seldom found have comments among them. */
export const breakerWindow = 200;

/**
 * Opens the circuit breaker: three refusals among the last twenty comments of a repository stop all comments,
 * two among the last ten of one page those of that page.
 * @param commented states of issues that we commented on, the newest comment first
 * @param resumedAt epoch milliseconds; earlier comments do not count
 */
export function circuitBreakerOf(commented: readonly IssueState[], resumedAt: number): CircuitBreaker {
  const recent = commented.filter((state) => (state.comment?.at ?? state.createdAt) > resumedAt);
  const refusals = recent.slice(0, windows.repository).filter((state) => isRefused(state)).length;
  const all =
    refusals >= refusalLimits.repository
      ? `braked: ${refusals} of the last ${windows.repository} comments were refused; /signpost resume goes on`
      : null;
  const pages = new Map<string, IssueState[]>();
  for (const state of recent)
    for (const finding of claims(state)) {
      const page = pageOfClaim(finding);
      if (page === null) continue;
      const pageStates = pages.get(page) ?? [];
      if (pageStates.length < windows.page) pages.set(page, [...pageStates, state]);
    }
  const findings = new Map<string, string>();
  for (const [page, states] of pages) {
    const refused = states.filter((state) => isRefused(state, page)).length;
    const why = `braked: ${refused} of its last ${windows.page} comments were refused`;
    if (refused >= refusalLimits.page) for (const kind of pageKinds) findings.set(`${kind}:${page}`, why);
  }
  return { all, findings };
}

/** The kinds of a page's findings. */
const pageKinds = ['signature', 'regression'];

/** The id of the page in a finding key; null for an earlier report. */
function pageOfClaim(finding: string): string | null {
  const [kind = '', id = ''] = finding.split(/:(.*)/s);
  return pageKinds.includes(kind) && !id.includes('#') ? id : null;
}

/** Claims of our comment that people have explicitly refused. */
export function refusalsIn({ feedback: { verdicts } }: IssueState): number {
  return verdicts.filter(
    ({ finding, kind, signal }) =>
      kind !== 'confirmed' && signal !== 'doubt' && !finding.startsWith('label:'),
  ).length;
}

/**
 * Whether people explicitly refused a comment (or its claim of a page), or deleted it. Doubt is no refusal.
 */
function isRefused({ comment, feedback: { verdicts } }: IssueState, page?: string): boolean {
  if (comment === null) return true;
  return verdicts.some(
    (verdict) =>
      verdict.kind !== 'confirmed' &&
      verdict.signal !== 'doubt' &&
      !verdict.finding.startsWith('label:') &&
      (page === undefined || pageOfClaim(verdict.finding) === page),
  );
}

/** One line for each thing that is stopped, for the maintainers' issue and the digest. */
export function breakerLines({ all, findings }: CircuitBreaker): readonly string[] {
  const pages = new Map<string, string>();
  for (const [finding, why] of findings) pages.set(finding.slice(finding.indexOf(':') + 1), why);
  return [
    ...(all === null ? [] : [`all comments: ${all}`]),
    ...[...pages].map(([page, why]) => `comments of \`${page}\`: ${why}`),
  ];
}
