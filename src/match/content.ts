import type { Report } from '../model/report.ts';
import type { Scope } from '../model/signature.ts';
import type { Field, Region } from '../model/text.ts';
import { type Normalised, normalise } from './normalise.ts';

/** One of the two raw texts of a report, normalised, with the stretches that are the reporter's words. */
export interface Content {
  readonly raw: string;
  readonly text: Normalised;
  /** Prose, code and errors, joined where nothing but marks and white space parts them. */
  readonly stretches: readonly Region[];
}

/** The title and the body of a report, ready to be scanned. */
export function contents(report: Report): { readonly title: Content; readonly body: Content } {
  const regions = [...report.prose, ...report.code, ...report.errors].toSorted((a, b) => a.start - b.start);
  return {
    title: content(report.title, [{ start: 0, end: report.title.length }]),
    body: content(report.body, regions),
  };
}

function content(raw: string, regions: readonly Region[]): Content {
  const stretches = join(raw, regions);
  return { raw, text: normalise(raw, stretches), stretches };
}

/** Joins regions (in order of start) that overlap, or that only marks and white space part. */
function join(raw: string, regions: readonly Region[]): Region[] {
  const joined: Region[] = [];
  let last: { start: number; end: number } | undefined;
  for (const { start, end } of regions) {
    if (end <= start) continue;
    if (last !== undefined && (start <= last.end || !/[^\s*_`~>]/.test(raw.slice(last.end, start)))) {
      last.end = Math.max(last.end, end);
    } else {
      last = { start, end };
      joined.push(last);
    }
  }
  return joined;
}

/** The regions of the body that a scope names. */
export function scopeRegions(report: Report, scope: Exclude<Scope, 'title'>): readonly Region[] {
  if (scope === 'prose' || scope === 'code' || scope === 'errors') return report[scope];
  return report.sections.filter(({ slug }) => scope === `section:${slug}`);
}

/** The most telling name for a place in the body. */
export function fieldAt(report: Report, { start, end }: Region): Field {
  if (within(report.errors, start, end) !== null) return 'errors';
  return within(report.code, start, end) === null ? 'prose' : 'code';
}

/** The region (of an ordered, non-overlapping list) that holds the whole of `start` to `end`. */
export function within<T extends Region>(regions: readonly T[], start: number, end: number): T | null {
  let [low, high] = [0, regions.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const region = regions[middle]!;
    if (region.start > start) high = middle - 1;
    else if (region.end < start || (region.end === start && end > start)) low = middle + 1;
    else return region.end >= end ? region : null;
  }
  return null;
}
