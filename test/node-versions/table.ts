/** What was seen on one Node, by step. */
export interface Outcome {
  readonly version: string;
  readonly steps: Record<string, { ok: boolean; seconds: number; warnings: readonly string[] }>;
}

/** A line for each Node, a column for each step. */
export function table(outcomes: readonly Outcome[], steps: readonly string[]): string {
  const cells = outcomes.map(({ version, steps: seen }) => [
    version,
    ...steps.map((step) =>
      seen[step] ? `${seen[step].ok ? 'fine' : 'FAILED'} ${seen[step].seconds} s` : '',
    ),
  ]);
  return [['Node', ...steps], ...cells]
    .map(
      (row) =>
        `${row
          .map((cell) => cell.padEnd(14))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}
