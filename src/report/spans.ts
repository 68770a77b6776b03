// Code spans, found in one pass over a piece of prose.
import type { Region } from '../model/text.ts';

/**
 * The contents of the code spans in `text` from `start` to `end`. As in CommonMark a span closes at the next
 * run of exactly as many back-ticks. Linear: for each length the runs are looked up, never searched twice.
 */
export function readCodeSpans(text: string, start: number, end: number): Region[] {
  const runs: Region[] = [];
  // Only within the slice: looking on to the end of the text for every region would be quadratic.
  const within = text.slice(start, end);
  for (let at = within.indexOf('`'); at !== -1; ) {
    let to = at + 1;
    while (within[to] === '`') to += 1;
    runs.push({ start: start + at, end: start + to });
    at = within.indexOf('`', to);
  }
  const nextOfLength = new Map<number, number>();
  const closes = new Array<number>(runs.length);
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const run = runs[index];
    if (run === undefined) continue;
    const length = run.end - run.start;
    closes[index] = nextOfLength.get(length) ?? -1;
    nextOfLength.set(length, index);
  }
  const spans: Region[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const close = runs[closes[index] ?? -1];
    const run = runs[index];
    if (close === undefined || run === undefined) continue;
    if (close.start > run.end) spans.push({ start: run.end, end: close.start });
    index = closes[index] ?? index;
  }
  return spans;
}
