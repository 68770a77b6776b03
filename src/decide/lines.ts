import type { Issue } from '../model/issue.ts';
import type { Secret } from '../model/report.ts';
import type { Evidence, Region } from '../model/text.ts';

/** Characters of a line that are shown around a match. */
const maxWidth = 120;

/**
 * The reporter's lines that hold evidence, those with most matches first, long ones cut to a window. For a
 * line with a credential it returns the redacted evidence instead.
 */
export function matchedLines(
  evidence: readonly Evidence[],
  issue: Pick<Issue, 'title' | 'body'>,
  secrets: readonly Secret[],
): readonly string[] {
  const lines = new Map<string, { text: string; matches: number }>();
  for (const one of evidence) {
    const field = one.field === 'title' ? 'title' : 'body';
    const region = lineAround(issue[field], one);
    const secret = secrets.some(
      (other) => other.field === field && other.start < region.end && other.end > region.start,
    );
    const text = secret ? one.text : withEllipses(issue[field], region);
    const key = secret ? text : `${field}:${region.start}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { text, matches: 1 });
    else known.matches += 1;
  }
  const texts = [...lines.values()].toSorted(
    (a, b) => b.matches - a.matches || b.text.length - a.text.length,
  );
  return [...new Set(texts.map(({ text }) => text.trim()))].filter((text) => text !== '');
}

/** The text of a region, with an ellipsis where the line continues. */
function withEllipses(text: string, { start, end }: Region): string {
  const goesOn = (at: number): boolean => /[^\n]/.test(text.charAt(at));
  const before = start > 0 && goesOn(start - 1) ? '…' : '';
  return `${before}${text.slice(start, end).trim()}${goesOn(end) ? '…' : ''}`;
}

/** The line around a range, or as many whole words of it as fit the window. */
function lineAround(text: string, { start, end }: Region): Region {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', Math.max(start, end - 1));
  const to = next === -1 ? text.length : next;
  const spare = Math.max(0, maxWidth - (end - start));
  let left = Math.max(from, start - Math.floor(spare / 2));
  let right = Math.min(to, Math.max(left + maxWidth, end));
  left = Math.max(from, Math.min(left, right - maxWidth));
  if (left > from) {
    const space = text.indexOf(' ', left);
    if (space !== -1 && space < start) left = space + 1;
  }
  if (right < to) {
    const space = text.lastIndexOf(' ', right);
    if (space >= end) right = space;
  }
  return { start: left, end: right };
}
