const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Draws one character a number, by its share of the largest; only 0 is the lowest. */
export function sparkline(series: readonly number[]): string {
  const most = Math.max(1, ...series);
  return series.map((value) => blocks[Math.ceil((value / most) * (blocks.length - 1))] ?? '').join('');
}

/** `12`, `8.5`, `-0.25`. */
export function formatNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `+3.5`, `−2`, `±0`. */
export function formatChange(value: number): string {
  if (value === 0) return '±0';
  return value > 0 ? `+${formatNumber(value)}` : `−${formatNumber(-value)}`;
}

/** `1 report`, `2 reports`. */
export function pluralise(count: number, what: string, many = `${what}s`): string {
  return `${count} ${count === 1 ? what : many}`;
}

/** `1 person`, `2 people`. */
export function countPeople(count: number): string {
  return pluralise(count, 'person', 'people');
}

/** Rounds down, never more sure than was counted: 0.997 is `99 %`. */
export function formatPercent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

/** A share of fewer verdicts says nothing. */
export const minJudged = 5;

/** Milliseconds as a person would say them: `5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 129_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
