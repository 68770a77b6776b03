/** No wider than two lines on a phone. */
const longestQuote = 110;

/**
 * Words of others, made safe to stand in our Markdown: on one line, bounded, inside a code span, where nothing
 * notifies or links; `@` and `#` are broken all the same, for e-mail clients that read it as plain text.
 */
export function quote(text: string, longest = longestQuote): string {
  const line = clip(tame(text), longest);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** One line without control characters, bidirectional overrides, mentions or references. */
function tame(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/@(?=\S)/g, '@\u200b')
    .replace(/(#|\bGH-)(?=\d)/gi, '$1\u200b');
}

function clip(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : text;
}

/**
 * Markdown of a page, made to stand in an issue of `repository`: a bare `#123` means the pack's repository, so it
 * is written out elsewhere; mentions are broken. Code spans and blocks stay as they are.
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
