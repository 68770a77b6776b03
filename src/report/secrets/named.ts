// Credentials that are known by what stands before them.
import { assigned } from './assigned.ts';
import { carried } from './carried.ts';
import type { SecretRegion } from './redact.ts';
import { isShortened } from './table.ts';

/** So many places of one kind are looked at. */
const mostPlaces = 1000;

/** A value in quotes goes up to the quote, whatever it is made of. */
const quoted: Readonly<Record<string, RegExp>> = {
  '"': /[^"\\\n]{6,400}(?=\\?")/y,
  "'": /[^'\\\n]{6,400}(?=\\?')/y,
};

/** Credentials that are known by their name. */
export function scanNamed(text: string): SecretRegion[] {
  const found: SecretRegion[] = [];
  for (const { type, before, value: shape, accept } of [...assigned, ...carried]) {
    for (const match of text.matchAll(before).take(mostPlaces)) {
      const start = match.index + match[0].length;
      const value = valueAt(text, start, match[0].at(-1) ?? '', shape);
      const end = start + value.length;
      if (value !== '' && accept(value) && !isShortened(text, end)) found.push({ type, start, end });
    }
  }
  return found;
}

function valueAt(text: string, start: number, quote: string, shape: RegExp): string {
  const inQuotes = quoted[quote];
  if (inQuotes !== undefined) {
    inQuotes.lastIndex = start;
    const value = inQuotes.exec(text)?.[0];
    if (value !== undefined && !/\s/.test(value)) return value;
  }
  shape.lastIndex = start;
  return shape.exec(text)?.[0].replace(/[.,;:!?]+$/, '') ?? '';
}
