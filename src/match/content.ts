import type { Report } from '../model/report.ts';
import type { Scope } from '../model/signature.ts';
import type { Field, Region } from '../model/text.ts';
import { type Normalised, normalise } from './normalise.ts';

/** The title or the body of a report, raw and normalised. */
export interface ReportText {
  readonly raw: string;
  readonly text: Normalised;
  /**
   * The regions of prose, code and errors, joined where only Markdown marks and white space separate them.
   */
  readonly stretches: readonly Region[];
}

/** Prepares the title and the body of a report for scanning. */
export function reportTexts(report: Report): { readonly title: ReportText; readonly body: ReportText } {
  const regions = [...report.prose, ...report.code, ...report.errors].toSorted((a, b) => a.start - b.start);
  return {
    title: reportText(report.title, [{ start: 0, end: report.title.length }]),
    body: reportText(report.body, regions),
  };
}

function reportText(raw: string, regions: readonly Region[]): ReportText {
  const stretches = join(raw, regions);
  return { raw, text: normalise(raw, stretches), stretches };
}

/** Joins regions (in order of start) that overlap, or that only marks and white space separate. */
function join(raw: string, regions: readonly Region[]): Region[] {
  const joined: Region[] = [];
  let previous: { start: number; end: number } | undefined;
  for (const { start, end } of regions) {
    if (end <= start) continue;
    if (
      previous !== undefined &&
      (start <= previous.end || !/[^\s*_`~>]/.test(raw.slice(previous.end, start)))
    ) {
      previous.end = Math.max(previous.end, end);
    } else {
      previous = { start, end };
      joined.push(previous);
    }
  }
  return joined;
}

/** The regions of the body that a scope names. */
export function scopeRegions(report: Report, scope: Exclude<Scope, 'title'>): readonly Region[] {
  if (scope === 'prose' || scope === 'code' || scope === 'errors') return report[scope];
  return report.sections.filter(({ slug }) => scope === `section:${slug}`);
}

/** The most specific field of a range of the body. */
export function fieldAt(report: Report, { start, end }: Region): Field {
  if (regionContaining(report.errors, start, end) !== null) return 'errors';
  return regionContaining(report.code, start, end) === null ? 'prose' : 'code';
}

/** Finds the region of an ordered, non-overlapping list that contains the whole range; null for none. */
export function regionContaining<T extends Region>(
  regions: readonly T[],
  start: number,
  end: number,
): T | null {
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
