// The body as the block parser should see it: same length, so that offsets hold in both.
import type { Region } from '../model/text.ts';
import { isKnownLabel } from './labels.ts';
import { isFlattened, restoreLines } from './restore.ts';

/** GitHub itself stops at 65,536 characters. */
export const maxLength = 256 * 1024;
const maxLines = 20_000;

/** Cuts the text at the limits of length and of lines. */
export function truncate(text: string): string {
  const short = text.slice(0, maxLength);
  if (short.length < maxLines) return short;
  let at = -1;
  for (let line = 0; line < maxLines; line += 1) {
    at = short.indexOf('\n', at + 1);
    if (at === -1) return short;
  }
  return short.slice(0, at);
}

/**
 * The raw text with one kind of line end, no NUL, no HTML comments and, where its line breaks were lost, with
 * those that its marks tell of. Only white space differs from the raw text, beside what was blanked.
 */
export function layOut(text: string): string {
  const lines = text.replaceAll('\r\n', ' \n').replaceAll('\r', '\n').replaceAll('\0', ' ');
  const laid = isFlattened(lines) ? restoreLines(lines) : lines;
  return blankOut(laid, [...strayFences(laid), ...comments(laid)]);
}

/** Stands in for blanked text. A space would not do: four of them before a word make it code. */
const invisible = '\u200b';

/** Blanks the regions; line ends stay. */
function blankOut(text: string, regions: readonly Region[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { start, end } of [...regions].sort((a, b) => a.start - b.start)) {
    if (start < kept) continue;
    parts.push(text.slice(kept, start), text.slice(start, end).replace(/[^\n]/g, invisible));
    kept = end;
  }
  return parts.join('') + text.slice(kept);
}

interface Fence extends Region {
  readonly marks: string;
  readonly language: string;
}

const fenceLine = /^[ \t>]{0,12}(`{3,}|~{3,})([^`]{0,40})/;

/** The fence that is open behind a line, given the one that was open before it. */
function fenceBehind(open: Fence | null, text: string, { start, end }: Region): Fence | null {
  const [, marks, rest = ''] = fenceLine.exec(text.slice(start, Math.min(end, start + 80))) ?? [];
  if (marks === undefined) return open;
  if (open === null) return { start, end, marks, language: rest.trim().toLowerCase() };
  return marks.startsWith(open.marks) && rest.trim() === '' ? null : open;
}

function* rawLines(text: string): Generator<Region> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    yield { start, end };
    start = end + 1;
  }
}

/**
 * The first lines of fences that swallow a question of an issue form. A form fences an answer; a fence that
 * the reporter pasted into it closes the form's, and the form's own end then opens one over all that follows.
 */
function strayFences(text: string): Region[] {
  if (!text.startsWith('### ')) return [];
  const stray: Region[] = [];
  let fence: Fence | null = null;
  for (const line of rawLines(text)) {
    const { start, end } = line;
    const asks =
      text.startsWith('### ', start) && end - start < 80 && isKnownLabel(text.slice(start + 4, end));
    if (asks && fence !== null && !fence.language.startsWith('m')) {
      stray.push({ start: fence.start, end: fence.end });
      fence = null;
    } else fence = fenceBehind(fence, text, line);
  }
  return stray;
}

/** HTML comments outside of fences; one that is never closed counts as text, for it hides real text. */
function comments(text: string): Region[] {
  const found: Region[] = [];
  let fence: Fence | null = null;
  let until = 0;
  let open = text.indexOf('<!--');
  for (const line of rawLines(text)) {
    if (open === -1) break;
    if (line.end <= until) continue;
    fence = line.start < until ? fence : fenceBehind(fence, text, line);
    while (open !== -1 && open < line.end) {
      const close = fence === null ? text.indexOf('-->', open + 4) : -1;
      if (close === -1 && fence === null) return found;
      until = close === -1 ? line.end : close + 3;
      if (close !== -1) found.push({ start: open, end: until });
      open = text.indexOf('<!--', until);
    }
  }
  return found;
}
