import type { Finding } from '../model/finding.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { DigestInput, DigestOptions } from './digest.ts';

/** An issue that Signpost remembers, with what the ledger says last of it. */
export interface IssueSummary {
  readonly number: number;
  /** Lower case: GitHub's names ignore case. */
  readonly author: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /**
   * The surest finding in the last entry of the ledger: its id. Null below the threshold, or if somebody
   * refused it.
   */
  readonly failure: string | null;
  readonly duplicate: string | null;
  /** The failure was fixed before this report. */
  readonly regression: boolean;
  readonly memory: IssueState;
}

/** Summarises every issue that Signpost remembers, in order of number. */
export function summariseIssues(
  { entries, memories }: Pick<DigestInput, 'entries' | 'memories'>,
  { thresholds }: Pick<DigestOptions, 'thresholds'>,
): readonly IssueSummary[] {
  const last = new Map<number, readonly Finding[]>();
  for (const { number, findings } of entries) if (number !== null) last.set(number, findings);
  return memories
    .map((memory): IssueSummary => {
      const findings = last.get(memory.number) ?? [];
      const best = (kind: Finding['kind'], threshold: number): Finding | undefined =>
        findings
          .filter((finding) => finding.kind === kind && finding.probability >= threshold)
          .filter(({ id }) => !memory.feedback.refused.includes(`${kind}:${id}`))
          .toSorted((a, b) => b.probability - a.probability)[0];
      const regression = best('regression', thresholds.signature);
      return {
        number: memory.number,
        author: memory.author.toLowerCase(),
        createdAt: memory.createdAt,
        failure: (best('signature', thresholds.signature) ?? regression)?.id ?? null,
        duplicate: best('duplicate', thresholds.duplicate)?.id ?? null,
        regression: regression !== undefined,
        memory,
      };
    })
    .toSorted((a, b) => a.number - b.number);
}

/** The values of a fact (`version`, `platform`) that the issues name. */
export function valuesOf(fact: string, issues: readonly IssueSummary[]): readonly string[] {
  return issues.flatMap(({ memory }) => memory.facts[fact] ?? []);
}
