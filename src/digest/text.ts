/** Makes somebody's words safe inside our Markdown, as a code span; at most so many characters of them. */
export type Quote = (text: string, longest?: number) => string;

/** A page's title is a line; one that is not is cut. */
const longestTitle = 160;
const bar = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A quotation as the cell of a table: a bar ends a cell even inside a code span, unless one backslash precedes it. */
export function cell(quoted: string): string {
  return quoted.replace(/\\*\|/g, '\\|');
}

/** The title of a page, as plain text anywhere in Markdown: no mark, cell, link, mention or reference. */
export function plain(title: string): string {
  const points = [...title.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()];
  const text =
    points.length > longestTitle ? `${points.slice(0, longestTitle - 1).join('')}…` : points.join('');
  return text
    .replace(/[\\`*_{}[\]()<>#~$]/g, '\\$&')
    .replace(/^(?=[-+])|^(\d+)(?=\.)/, '$1\\')
    .replace(/&/g, '&amp;')
    .replace(/\|/g, '&#124;')
    .replace(/@(?=\S)/g, '@\u200b')
    .replace(/\\#(?=\d)/g, '\\#\u200b');
}

/** One character a number, by its share of the largest; only nothing is the lowest. */
export function sparkline(series: readonly number[]): string {
  const most = Math.max(1, ...series);
  return series.map((value) => bar[Math.ceil((value / most) * (bar.length - 1))] ?? '').join('');
}

/** `12`, `8.5`, `-0.25`. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `+3.5`, `−2`, `±0`. */
export function signed(value: number): string {
  if (value === 0) return '±0';
  return value > 0 ? `+${number(value)}` : `−${number(-value)}`;
}

/** `1 report`, `2 reports`. */
export function counted(count: number, what: string, many = `${what}s`): string {
  return `${count} ${count === 1 ? what : many}`;
}

/** Never more sure than was counted: 0.997 is 99 %. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

/** A share of fewer verdicts says nothing. */
export const leastJudged = 5;

/** Milliseconds as a person would say them. */
export function duration(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 129_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
