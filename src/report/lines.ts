// Lines of pasted output and sentences of prose.
import type { Region } from '../model/text.ts';
import { trim } from './blocks.ts';

/** A longer line is cut into parts where it can be. */
export const longestLine = 300;

/**
 * Where a line of output ends: at a line end, at one that a log wrote as `\n`, and between the entries of a list
 * of errors in JSON, whose keys and times are left out.
 */
const lineEnds =
  /\n|(?<!\\)\\{1,16}n(?=\s|[A-Z"'\\/])|(?:\\{0,8}"(?:,\s?\\{0,8}"timestamp\\{0,8}":\s?\\{0,8}"[^"\n]{0,40}"\})?)?[[,]?\s?\{\\{0,8}"error\\{0,8}":\s?\\{0,8}"(?=[A-Z])/g;

/** Lines of a block of output. */
export function linesOf(text: string, block: Region): Region[] {
  return [...split(text, block, lineEnds, false)];
}

/** Sentences and lines of prose; a dash between blanks ends one, as lists that lost their lines have it. */
export function sentencesOf(text: string, region: Region): Region[] {
  return [...split(text, region, /\n|[.!?](?=\s)|\s(?=- )/g, true)];
}

function* split(text: string, { start, end }: Region, ends: RegExp, keep: boolean): Generator<Region> {
  const within = text.slice(start, end);
  let from = 0;
  for (const match of within.matchAll(ends)) {
    yield* partsOf(text, trim(text, start + from, start + match.index + (keep ? 1 : 0)));
    from = match.index + match[0].length;
  }
  yield* partsOf(text, trim(text, start + from, end));
}

function* partsOf(text: string, line: Region): Generator<Region> {
  let { start } = line;
  while (line.end - start > longestLine) {
    const window = text.slice(start, start + longestLine);
    const cut = /^[\s\S]*(?:[.;}\]]|\\n)(?=[\s"',])/.exec(window)?.[0].length ?? window.lastIndexOf(' ') + 1;
    const end = start + (cut > 40 ? cut : longestLine);
    const part = trim(text, start, end);
    if (part.end > part.start) yield part;
    start = end;
  }
  const last = trim(text, start, line.end);
  if (last.end > last.start) yield last;
}
