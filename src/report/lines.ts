// Lines of pasted output and sentences of prose.
import type { Region } from '../model/text.ts';
import { trimRegion } from './blocks.ts';

/** Cuts a longer line into parts where it can. */
export const maxLineLength = 300;

/**
 * Ends a line of output: a line end, one that a log wrote as `\n`, or what stands between the entries of a
 * JSON list of errors, whose keys and times are left out.
 */
const lineEnds =
  /\n|(?<!\\)\\{1,16}n(?=\s|[A-Z"'\\/])|(?:\\{0,8}"(?:,\s?\\{0,8}"timestamp\\{0,8}":\s?\\{0,8}"[^"\n]{0,40}"\})?)?[[,]?\s?\{\\{0,8}"error\\{0,8}":\s?\\{0,8}"(?=[A-Z])/g;

/** Lines of a block of output. */
export function readLines(text: string, block: Region): Region[] {
  return [...split(text, block, lineEnds, false)];
}

/** Sentences and lines of prose; a dash between blanks ends one, as lists that lost their lines have it. */
export function readSentences(text: string, region: Region): Region[] {
  return [...split(text, region, /\n|[.!?](?=\s)|\s(?=- )/g, true)];
}

function* split(text: string, { start, end }: Region, ends: RegExp, keep: boolean): Generator<Region> {
  const within = text.slice(start, end);
  let from = 0;
  for (const match of within.matchAll(ends)) {
    yield* partsOf(text, trimRegion(text, start + from, start + match.index + (keep ? 1 : 0)));
    from = match.index + match[0].length;
  }
  yield* partsOf(text, trimRegion(text, start + from, end));
}

function* partsOf(text: string, line: Region): Generator<Region> {
  let { start } = line;
  while (line.end - start > maxLineLength) {
    const window = text.slice(start, start + maxLineLength);
    const cut = /^[\s\S]*(?:[.;}\]]|\\n)(?=[\s"',])/.exec(window)?.[0].length ?? window.lastIndexOf(' ') + 1;
    const end = start + (cut > 40 ? cut : maxLineLength);
    const part = trimRegion(text, start, end);
    if (part.end > part.start) yield part;
    start = end;
  }
  const last = trimRegion(text, start, line.end);
  if (last.end > last.start) yield last;
}
