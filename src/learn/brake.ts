import type { Memory } from '../model/memory.ts';
import { claims } from './verdicts.ts';

/** What may not be commented on at the moment, and why, until a person resumes. */
export interface Brake {
  /** Nothing at all. */
  readonly all: string | null;
  /** These findings, by their key. */
  readonly findings: ReadonlyMap<string, string>;
}

const window = { repository: 20, page: 10 };
const limit = { repository: 3, page: 2 };

/** Issues whose comments are enough to judge a page that is seldom found. */
export const brakeLooksAt = 200;

/**
 * Three refusals among the last twenty comments of a repository stop all comments, two among the last ten of one page
 * those of that page. `commented`: memories of issues that we commented on, newest first; what was said before
 * `resumedAt` (epoch ms) no longer counts.
 */
export function brakeOf(commented: readonly Memory[], resumedAt: number): Brake {
  const fresh = commented.filter((memory) => (memory.comment?.at ?? memory.createdAt) > resumedAt);
  const refusals = fresh.slice(0, window.repository).filter((memory) => isRefused(memory)).length;
  const all =
    refusals >= limit.repository
      ? `braked: ${refusals} of the last ${window.repository} comments were refused; /signpost resume goes on`
      : null;
  const pages = new Map<string, Memory[]>();
  for (const memory of fresh)
    for (const finding of claims(memory)) {
      if (!finding.startsWith('signature:')) continue;
      const own = pages.get(finding) ?? [];
      if (own.length < window.page) pages.set(finding, [...own, memory]);
    }
  const findings = new Map<string, string>();
  for (const [finding, memories] of pages) {
    const refused = memories.filter((memory) => isRefused(memory, finding)).length;
    if (refused >= limit.page)
      findings.set(finding, `braked: ${refused} of its last ${window.page} comments were refused`);
  }
  return { all, findings };
}

/** Refused out loud, or deleted: a reply that is merely no agreement does not count. */
function isRefused({ comment, verdicts = [] }: Memory, finding?: string): boolean {
  if (comment === null) return true;
  return verdicts.some(
    (verdict) =>
      verdict.kind !== 'confirmed' &&
      verdict.signal !== 'doubt' &&
      !verdict.finding.startsWith('label:') &&
      (finding === undefined || verdict.finding === finding),
  );
}
