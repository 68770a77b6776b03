import type { Region } from '../../model/text.ts';

/** A credential's place and kind. */
export interface SecretRegion extends Region {
  readonly type: string;
}

/** The text with each region replaced by `[redacted: type]`. Regions may come in any order and overlap. */
export function redact(text: string, secrets: readonly SecretRegion[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, type } of withoutOverlaps(secrets)) {
    out += `${text.slice(from, start)}[redacted: ${type}]`;
    from = end;
  }
  return out + text.slice(from);
}

/** In order; of two that overlap the first stays and reaches to the later end. */
export function withoutOverlaps(found: readonly SecretRegion[]): SecretRegion[] {
  const regions: SecretRegion[] = [];
  for (const region of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = regions.at(-1);
    if (last === undefined || region.start >= last.end) regions.push(region);
    else regions[regions.length - 1] = { ...last, end: Math.max(last.end, region.end) };
  }
  return regions;
}
