import type { Comparison, Spread } from './compare.ts';

const head = ['', 'there', 'here', 'ratio', 'pairwise', 'target', ''] as const;

/**
 * One line a metric, the names on the left, figures under their heads. `there`: the other checkout's name.
 */
export function printTable(rows: readonly Comparison[], there: string): string {
  const cells = [
    head.map((name) => (name === 'there' ? there : name)),
    ...rows.map(({ here, metric, pairwise, ratio, target, there, verdict }) => [
      `${metric.name}, ${metric.unit}`,
      printSpread(there),
      printSpread(here),
      printRatio(ratio),
      printRatio(pairwise),
      `${metric.better === 'less' ? '≤' : '≥'} ${target}`,
      verdict,
    ]),
  ];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `101 (98.2–104)`: the median, the least and the most. */
function printSpread(spread: Spread | null): string {
  if (spread === null) return '–';
  const { least, median, most } = spread;
  return `${printFigure(median)} (${printFigure(least)}–${printFigure(most)})`;
}

/** Three digits that count, whole numbers from a hundred on. */
function printFigure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function printRatio(ratio: number | null): string {
  return ratio === null ? '–' : ratio.toFixed(3);
}
