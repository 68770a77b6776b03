/** Something a person has to mend in a file of theirs. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What was found. */
  readonly message: string;
  /** What would be right. */
  readonly expected: string;
  /** `error`: the page or setting is not used. `warning`: it is, but look at it. */
  readonly severity: 'error' | 'warning';
}

/** `file:line:col: message (expected …)`: the one way a problem is printed. */
export function printProblem(problem: Problem): string {
  const { file, line, column, message, expected } = problem;
  return `${file}:${line}:${column}: ${message}${expected === '' ? '' : ` (expected ${expected})`}`;
}
