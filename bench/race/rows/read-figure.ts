/** The number that a command printed, found by a pattern with one group; throws where there is none. */
export function readFigure(printed: string, pattern: RegExp): number {
  const [, figure] = pattern.exec(printed) ?? [];
  if (figure !== undefined && Number.isFinite(Number(figure))) return Number(figure);
  throw new Error(`printed ${JSON.stringify(printed.slice(-200))} (expected ${pattern} in it)`);
}
