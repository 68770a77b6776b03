/** A fault in a file that a person wrote. Lines and columns count from 1. */
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

/** Prints a problem as `file:line:col: message (expected …)`. */
export function printProblem(problem: Problem): string {
  const { file, line, column, message, expected } = problem;
  return `${file}:${line}:${column}: ${message}${expected === '' ? '' : ` (expected ${expected})`}`;
}
