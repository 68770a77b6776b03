// Markdown's blocks by line, from markdown-it with its inline rules unused: they are the slow part on hostile
// text, and regions need lines only.
import MarkdownIt from 'markdown-it';
import type { Region } from '../model/text.ts';
import { isKnownLabel } from './labels.ts';

/** A leaf of the document. The region is its content, without marks of headings, fences, lists and quotes. */
export type Block = Region &
  (
    | {
        readonly kind: 'heading';
        readonly level: number /** Where its line begins. */;
        readonly from: number;
      }
    | { readonly kind: 'prose'; readonly task: boolean }
    | { readonly kind: 'code'; readonly language: string }
  );

const markdown = new MarkdownIt({ html: false }).set({ maxNesting: 20 }).disable(['table', 'reference']);

/** The blocks of a laid-out text in order. */
export function readBlocks(text: string): Block[] {
  const lines = lineStarts(text);
  const tokens: ReturnType<typeof markdown.parse> = [];
  markdown.block.parse(text, markdown, {}, tokens);
  const found: Block[] = [];
  let heading: number | null = null;
  for (const token of tokens) {
    if (token.type === 'heading_open') heading = Number(token.tag.slice(1));
    if (token.map === null) continue;
    const from = lines[token.map[0]] ?? text.length;
    const to = lines[token.map[1]] ?? text.length;
    if (token.type === 'fence') {
      const language = /^\S*/.exec(token.info.trim())?.[0].toLowerCase() ?? '';
      found.push({ kind: 'code', language, ...insideFence(text, from, to) });
    } else if (token.type === 'code_block') {
      found.push({ kind: 'code', language: '', ...trimRegion(text, from, to) });
    } else if (token.type === 'inline') {
      const { start, end } = contentOf(text, token.content, from, to);
      const content = trimRegion(text, start, end);
      if (heading === null) pushParagraph(found, text, from, content);
      else if (content.end > content.start) found.push({ kind: 'heading', level: heading, from, ...content });
      heading = null;
    }
  }
  return found;
}

/** Where the content that the parser cut out of its lines begins and ends. */
function contentOf(text: string, content: string, from: number, to: number): Region {
  const breaks = content.indexOf('\n');
  const first = breaks === -1 ? content : content.slice(0, breaks);
  const at = text.slice(from, to).indexOf(first);
  if (at === -1) return trimRegion(text, from, to);
  const start = from + at;
  if (breaks === -1) return { start, end: start + content.length };
  const last = content.slice(content.lastIndexOf('\n') + 1).trim();
  return { start, end: from + text.slice(from, to).lastIndexOf(last) + last.length };
}

/** A paragraph, cut at lines that are headings in all but mark: `**Environment**`, `Steps to reproduce:`. */
function pushParagraph(found: Block[], text: string, from: number, content: Region): void {
  let open = content.start;
  const flush = (end: number): void => {
    const region = trimRegion(text, skip(text, open, /[ \t>]*/y), end);
    const task = /^\[[ xX]\](?=\s|$)/.test(text.slice(region.start, region.start + 4));
    const inner = task ? trimRegion(text, region.start + 3, region.end) : region;
    if (inner.end > inner.start) found.push({ kind: 'prose', task, ...inner });
  };
  for (let at = content.start; at < content.end; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 || newline >= content.end ? content.end : newline + 1;
    const line = trimRegion(text, at, end);
    const label = end - at < 100 ? labelOf(text.slice(line.start, line.end)) : null;
    if (label !== null) {
      flush(at);
      const start = line.start + label.offset;
      const lineStart = at === content.start ? from : at;
      found.push({ kind: 'heading', level: 7, from: lineStart, start, end: start + label.length });
      open = end;
    }
    at = end;
  }
  if (open < content.end) flush(content.end);
}

function labelOf(line: string): { offset: number; length: number } | null {
  const bold = /^(\*\*|__)([^*_]+)(?:\*\*:?|__:?)$/.exec(line);
  const words = bold?.[2] ?? (line.endsWith(':') ? line.slice(0, -1) : '');
  if (words === '' || !isKnownLabel(words)) return null;
  return { offset: bold === null ? 0 : 2, length: words.replace(/:$/, '').length };
}

function insideFence(text: string, from: number, to: number): Region {
  const first = text.indexOf('\n', from);
  const start = first === -1 || first >= to ? to : first + 1;
  const last = text.lastIndexOf('\n', to - 2);
  const closing = last >= start - 1 && /^[ \t>]*(`{3,}|~{3,})\s*$/.test(text.slice(last + 1, to));
  const end = closing ? Math.max(start, last) : to;
  return end > start && text[end - 1] === '\n' ? { start, end: end - 1 } : { start, end };
}

/** Offsets of the first characters of all lines. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The region without white space at its ends. */
export function trimRegion(text: string, start: number, end: number): Region {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x200b ||
    code === 0x2028
  );
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
