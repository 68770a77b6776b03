import type { Finding } from '../model/finding.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { DigestInput, DigestOptions } from './digest.ts';

/** One issue as the digest counts it. */
export interface Case {
  readonly number: number;
  /** Lower case: GitHub's names ignore case. */
  readonly author: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The known failure that was found last, if nobody refused it. */
  readonly failure: string | null;
  readonly duplicate: string | null;
  /** It was found to be fixed in an earlier version. */
  readonly regression: boolean;
  readonly memory: IssueState;
}

/** Every issue that is remembered, with what the ledger says last of it. In order of number. */
export function readCases(
  { entries, memories }: Pick<DigestInput, 'entries' | 'memories'>,
  { bars }: Pick<DigestOptions, 'bars'>,
): readonly Case[] {
  const last = new Map<number, readonly Finding[]>();
  for (const { number, findings } of entries) if (number !== null) last.set(number, findings);
  return memories
    .map((memory): Case => {
      const findings = last.get(memory.number) ?? [];
      const best = (kind: Finding['kind'], bar: number): Finding | undefined =>
        findings
          .filter((finding) => finding.kind === kind && finding.probability >= bar)
          .filter(({ id }) => !memory.feedback.refused.includes(`${kind}:${id}`))
          .toSorted((a, b) => b.probability - a.probability)[0];
      const regression = best('regression', bars.signature);
      return {
        number: memory.number,
        author: memory.author.toLowerCase(),
        createdAt: memory.createdAt,
        failure: (best('signature', bars.signature) ?? regression)?.id ?? null,
        duplicate: best('duplicate', bars.duplicate)?.id ?? null,
        regression: regression !== undefined,
        memory,
      };
    })
    .toSorted((a, b) => a.number - b.number);
}
