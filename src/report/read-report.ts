import type { Code, Report } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { type Block, readBlocks, trimRegion } from './blocks.ts';
import { readCommands } from './commands.ts';
import { readErrors } from './errors.ts';
import { readFacts } from './facts/read-facts.ts';
import { readFrames } from './frames.ts';
import { kindOf } from './kind.ts';
import { isKnownLabel, plainLabel } from './labels.ts';
import { layOut, truncate } from './layout.ts';
import { readSections } from './sections.ts';
import { readCodeSpans } from './spans.ts';
import { isChecklistItem, isEmptyAnswer, readTemplates, type Template, withoutListMark } from './template.ts';

/**
 * What a reporter said. `templates` are the raw texts of the repository's issue templates (Markdown or YAML
 * forms), whose words then count as nobody's. Any string is fine, in linear time; what is past 256 KiB or
 * 20,000 lines is cut off. Code spans lie inside `prose` as well as in `code`.
 */
export function readReport(
  input: { readonly title: string; readonly body: string | null },
  templates: readonly string[] = [],
): Report {
  const title = truncate(input.title);
  const body = truncate(input.body ?? '');
  const text = layOut(body);
  const template = readTemplates(templates);
  const { blocks, contents } = readContent(text, template);
  const sections = readSections(text, blocks, template.labels, (block) => contents.has(block));
  const prose = [...contents.values()].flat();
  const code = readCode(text, blocks, contents, prose);
  const errors = readErrors(text, prose, code);
  return {
    title,
    body,
    kind: kindOf(title, sections, errors),
    sections,
    prose,
    code,
    errors,
    frames: readFrames(
      text,
      [...prose, ...code.filter(({ inline }) => !inline)].sort((a, b) => a.start - b.start),
    ),
    facts: readFacts({ title, body: text, sections }),
    commands: readCommands(text, code),
  };
}

/** The blocks and, of those that hold words of the reporter, the regions of prose (none for code). */
function readContent(text: string, template: Template): { blocks: Block[]; contents: Map<Block, Region[]> } {
  const blocks = readBlocks(text);
  const contents = new Map<Block, Region[]>();
  let slug = '';
  for (const block of blocks) {
    const words = text.slice(block.start, block.end);
    if (block.kind === 'heading') {
      const ours = template.labels.has(plainLabel(words)) || isKnownLabel(words);
      slug = ours ? plainLabel(words).replaceAll(' ', '-') : '';
      if (!ours && block.end > block.start) contents.set(block, [{ start: block.start, end: block.end }]);
    } else if (block.kind === 'code') {
      if (!isEmptyAnswer(words.trim()) && words.trim() !== '' && !template.lines.has(words.trim()))
        contents.set(block, []);
    } else if (!isEmptyAnswer(words) && !(block.task && isChecklistItem(words, slug))) {
      const lines = withoutLines(text, block, template.lines);
      if (lines.length > 0) contents.set(block, lines);
    }
  }
  return { blocks, contents };
}

/** The region without the lines that a template put there. */
function withoutLines(text: string, region: Region, lines: ReadonlySet<string>): Region[] {
  if (lines.size === 0) return [{ start: region.start, end: region.end }];
  const kept: Region[] = [];
  let open = region.start;
  for (let at = region.start; at < region.end; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 || newline >= region.end ? region.end : newline + 1;
    if (lines.has(withoutListMark(text.slice(at, end).trim()))) {
      kept.push(trimRegion(text, open, at));
      open = end;
    }
    at = end;
  }
  kept.push(trimRegion(text, open, region.end));
  return kept.filter(({ start, end }) => end > start);
}

function readCode(
  text: string,
  blocks: readonly Block[],
  contents: ReadonlyMap<Block, unknown>,
  prose: readonly Region[],
): Code[] {
  const code: Code[] = [];
  for (const block of blocks) {
    if (block.kind === 'code' && contents.has(block))
      code.push({ language: block.language, inline: false, start: block.start, end: block.end });
  }
  for (const region of prose)
    for (const span of readCodeSpans(text, region.start, region.end))
      code.push({ language: '', inline: true, ...span });
  return code.sort((a, b) => a.start - b.start);
}
