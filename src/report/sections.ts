// Headings and what stands below them.
import type { Section } from '../model/report.ts';
import type { Block } from './blocks.ts';
import { isKnownLabel, plainLabel } from './labels.ts';

interface Open {
  readonly heading: string;
  readonly start: number;
  readonly from: 'form' | 'heading';
  /** Form headings outrank all others: what stands in an answer belongs to its question. */
  readonly rank: number;
}

/** A form's label in lower case with single hyphens; `what's wrong?` is `whats-wrong`. */
export function slugOf(heading: string): string {
  return plainLabel(heading)
    .replace(/'/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/**
 * The sections of a text in order, whose regions are what stands below each heading.
 * `isContent` tells whether a block holds words of the reporter.
 */
export function readSections(
  text: string,
  blocks: readonly Block[],
  formLabels: ReadonlySet<string>,
  isContent: (block: Block) => boolean,
): Section[] {
  const asks = formHeadings(text, blocks, formLabels);
  const sections: Section[] = [];
  const open: Open[] = [];
  let contentUntil = -1;
  const closeDownTo = (rank: number, end: number): void => {
    for (let top = open.at(-1); top !== undefined && top.rank >= rank; top = open.at(-1)) {
      open.pop();
      const { heading, start, from } = top;
      const empty = contentUntil <= start;
      sections.push({ heading, slug: slugOf(heading), from, empty, start, end: Math.max(start, end) });
    }
  };
  for (const block of blocks) {
    const form = asks.has(block);
    const rank = form ? 0 : block.kind === 'heading' ? block.level : Number.POSITIVE_INFINITY;
    if (block.kind === 'heading') closeDownTo(rank, block.from);
    if (isContent(block)) contentUntil = block.end;
    if (block.kind !== 'heading') continue;
    const heading = text.slice(block.start, block.end);
    const newline = text.indexOf('\n', block.end);
    open.push({
      heading,
      start: newline === -1 ? text.length : newline + 1,
      from: form ? 'form' : 'heading',
      rank,
    });
  }
  closeDownTo(0, text.length);
  return sections.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * The headings that are questions of an issue form. GitHub writes them at level 3 from the first line on;
 * where several of them are labels that are known (or the repository's own), other headings are the
 * reporter's.
 */
function formHeadings(text: string, blocks: readonly Block[], formLabels: ReadonlySet<string>): Set<Block> {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const [first] = headings;
  if (first === undefined || text.slice(0, first.from).trim() !== '') return new Set();
  const level = headings.filter((block) => block.level === first.level);
  const known = level.filter(({ start, end }) => {
    const heading = text.slice(start, end);
    return formLabels.has(plainLabel(heading)) || isKnownLabel(heading);
  });
  if (first.level === 3) return new Set(known.length >= 3 || formLabels.size > 0 ? known : level);
  return new Set(first.level < 3 && known.length >= 4 && text.includes('_No response_') ? known : []);
}
