import type { IssueState } from '../model/issue-state.ts';
import { claims } from './verdicts.ts';

/** What may not be commented on at the moment, and why, until a person resumes. */
export interface CircuitBreaker {
  /** Nothing at all. */
  readonly all: string | null;
  /** These findings, by their key. */
  readonly findings: ReadonlyMap<string, string>;
}

const window = { repository: 20, page: 10 };
const limit = { repository: 3, page: 2 };

/** Issues whose comments are enough to judge a page that is seldom found. */
export const breakerWindow = 200;

/**
 * Three refusals among the last twenty comments of a repository stop all comments, two among the last ten of one page
 * those of that page. `commented`: states of the issues that we commented on, newest first; what was said before
 * `resumedAt` (epoch ms) no longer counts.
 */
export function circuitBreakerOf(commented: readonly IssueState[], resumedAt: number): CircuitBreaker {
  const fresh = commented.filter((state) => (state.comment?.at ?? state.createdAt) > resumedAt);
  const refusals = fresh.slice(0, window.repository).filter((state) => isRefused(state)).length;
  const all =
    refusals >= limit.repository
      ? `braked: ${refusals} of the last ${window.repository} comments were refused; /signpost resume goes on`
      : null;
  const pages = new Map<string, IssueState[]>();
  for (const state of fresh)
    for (const finding of claims(state)) {
      const page = pageOf(finding);
      if (page === null) continue;
      const own = pages.get(page) ?? [];
      if (own.length < window.page) pages.set(page, [...own, state]);
    }
  const findings = new Map<string, string>();
  for (const [page, states] of pages) {
    const refused = states.filter((state) => isRefused(state, page)).length;
    const why = `braked: ${refused} of its last ${window.page} comments were refused`;
    if (refused >= limit.page) for (const kind of pageKinds) findings.set(`${kind}:${page}`, why);
  }
  return { all, findings };
}

/** A page speaks under either name: of a known failure, or of one that is back. */
const pageKinds = ['signature', 'regression'];

/** The id of the page that a claim is of; null for an earlier report. */
function pageOf(finding: string): string | null {
  const [kind = '', id = ''] = finding.split(/:(.*)/s);
  return pageKinds.includes(kind) && !id.includes('#') ? id : null;
}

/** How many claims of our comment people have refused out loud. */
export function refusalsIn({ feedback: { verdicts } }: IssueState): number {
  return verdicts.filter(
    ({ finding, kind, signal }) =>
      kind !== 'confirmed' && signal !== 'doubt' && !finding.startsWith('label:'),
  ).length;
}

/** Refused out loud, or deleted: a reply that is merely no agreement does not count. */
function isRefused({ comment, feedback: { verdicts } }: IssueState, page?: string): boolean {
  if (comment === null) return true;
  return verdicts.some(
    (verdict) =>
      verdict.kind !== 'confirmed' &&
      verdict.signal !== 'doubt' &&
      !verdict.finding.startsWith('label:') &&
      (page === undefined || pageOf(verdict.finding) === page),
  );
}

/** What is braked, a line each, for issue and digest. */
export function breakerLines({ all, findings }: CircuitBreaker): readonly string[] {
  const pages = new Map<string, string>();
  for (const [finding, why] of findings) pages.set(finding.slice(finding.indexOf(':') + 1), why);
  return [
    ...(all === null ? [] : [`all comments: ${all}`]),
    ...[...pages].map(([page, why]) => `comments of \`${page}\`: ${why}`),
  ];
}
