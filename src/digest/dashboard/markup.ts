import { type HtmlValue, html, type SafeHtml } from './html.ts';

const maxTitleLength = 160;

export function section(id: string, heading: string, content: SafeHtml): SafeHtml {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`;
}

/** A cell: what it shows, and its class where it has one. */
type Cell = readonly [content: HtmlValue, kind?: string];

/**
 * Draws a table that scrolls by itself on a narrow screen, and by keyboard; there a `stacked` one shows each
 * row as a card.
 */
export function table(
  caption: string,
  heads: readonly Cell[],
  rows: readonly SafeHtml[],
  kind = '',
): SafeHtml {
  const head = heads.map(([text, kind]) => html`<th scope="col" class="${kind}">${text}</th>`);
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table class="${kind}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

export function row(...cells: readonly Cell[]): SafeHtml {
  const drawn = cells.map(([content, kind]) =>
    kind === undefined ? html`<td>${content}</td>` : html`<td class="${kind}">${content}</td>`,
  );
  return html`<tr>${drawn}</tr>\n`;
}

export function truncate(text: string, longest = maxTitleLength): string {
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;
}

/** Links `#12` at home, `owner/name#12` elsewhere. */
export function issueLink(site: string, repository: string, issue: number, home = repository): SafeHtml {
  const name = repository.toLowerCase() === home.toLowerCase() ? '' : repository;
  return html`<a href="${site}/${repository}/issues/${issue}">${name}#${issue}</a>`;
}
