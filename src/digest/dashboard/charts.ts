import { html, type SafeHtml, trustedHtml } from './html.ts';

/** One column: a number with its name. */
export interface Column {
  readonly label: string;
  readonly value: number;
}

const height = 160;
const step = 46;
const foot = 22;
const head = 18;

/**
 * Draws a column chart with the values above, as SVG without script. Screen readers skip the picture: the
 * table behind it says the same.
 */
export function columnChart(thresholds: readonly Column[]): SafeHtml {
  const most = Math.max(1, ...thresholds.map(({ value }) => value));
  const room = height - head - foot;
  const drawn = thresholds.map(({ label, value }, index) => {
    const tall = Math.round((value / most) * room);
    const [x, y] = [index * step, height - foot - tall];
    return html`<rect x="${x + 6}" y="${y}" width="${step - 12}" height="${tall}" rx="2"/><text x="${x + step / 2}" y="${y - 5}">${value}</text><text class="axis" x="${x + step / 2}" y="${height - 6}">${label}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${thresholds.length * step} ${height}" aria-hidden="true" focusable="false"><line x1="0" x2="${thresholds.length * step}" y1="${height - foot}" y2="${height - foot}"/>${drawn}</svg>`;
}

/** Draws a bar as long as its share of the largest, for the cell of a table. */
export function meter(value: number, most: number): SafeHtml {
  const width = Math.round((value / Math.max(1, most)) * 100);
  return html`<svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${width}" height="10"/></svg>`;
}

/** Draws a row of small columns for the cell of a table; its label holds the numbers. */
export function sparkline(series: readonly number[], weeks: readonly string[]): SafeHtml {
  const most = Math.max(1, ...series);
  const label = series.map((value, index) => `${weeks[index]?.slice(5)} ${value}`).join(', ');
  const drawn = series.map((value, index) => {
    const tall = value === 0 ? 1 : Math.max(2, Math.round((value / most) * 20));
    return `<rect x="${index * 7}" y="${20 - tall}" width="5" height="${tall}"/>`;
  });
  return html`<svg class="spark" viewBox="0 0 ${series.length * 7} 20" role="img" aria-label="${label}">${trustedHtml(drawn.join(''))}</svg>`;
}
