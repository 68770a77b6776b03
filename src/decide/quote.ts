/** Two lines on a phone. */
const maxQuoteLength = 110;

/**
 * Quotes untrusted text in Markdown: on one line, bounded, in a code span, in which nothing notifies or
 * links. Breaks `@` and `#` as well, for e-mail clients that show plain text.
 */
export function quote(text: string, maxLength = maxQuoteLength): string {
  const line = clip(sanitise(text), maxLength);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Returns one line without control characters, bidirectional overrides, mentions or references. */
function sanitise(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/@(?=\S)/g, '@\u200b')
    .replace(/(#|\bGH-)(?=\d)/gi, '$1\u200b');
}

function clip(text: string, maxLength: number): string {
  const points = [...text];
  return points.length > maxLength ? `${points.slice(0, maxLength - 1).join('')}…` : text;
}

/**
 * Adapts a page's Markdown to an issue of `repository`: a bare `#123` means the pack's repository, so it is
 * qualified elsewhere; mentions are broken. Leaves code spans and blocks unchanged.
 */
export function qualify(markdown: string, pack: string, repository: string): string {
  const foreign = pack.toLowerCase() !== repository.toLowerCase();
  return markdown
    .split(/(^ {0,3}```[\s\S]*?^ {0,3}```[^\n]*$|`[^`\n]*`)/m)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const safe = part.replace(/(?<![\w/])@(?=\w)/g, '@\u200b');
      return foreign ? safe.replace(/(?<![\w/&#])#(?=\d)/g, `${pack}#`) : safe;
    })
    .join('');
}
