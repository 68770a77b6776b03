/** Makes somebody's words safe inside our Markdown, as a code span of at most so many characters. */
export type Quote = (text: string, longest?: number) => string;

/** Cuts a longer title of a signature page. */
const maxTitleLength = 160;

/**
 * Escapes a quotation for the cell of a table: a bar ends a cell even inside a code span, unless exactly one
 * backslash precedes it.
 */
export function escapeCell(quoted: string): string {
  return quoted.replace(/\\*\|/g, '\\|');
}

/** Escapes a title to plain text anywhere in Markdown: no mark, cell, link, mention or reference. */
export function escapeMarkdown(title: string): string {
  const points = [...title.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()];
  const text =
    points.length > maxTitleLength ? `${points.slice(0, maxTitleLength - 1).join('')}…` : points.join('');
  return text
    .replace(/[\\`*_{}[\]()<>#~$]/g, '\\$&')
    .replace(/^(?=[-+])|^(\d+)(?=\.)/, '$1\\')
    .replace(/&/g, '&amp;')
    .replace(/\|/g, '&#124;')
    .replace(/@(?=\S)/g, '@\u200b')
    .replace(/\\#(?=\d)/g, '\\#\u200b');
}
