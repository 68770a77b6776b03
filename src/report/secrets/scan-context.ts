// Credentials that their context gives away: a name, a header, a URL.
import { assignmentRules } from './assignment-rules.ts';
import { isShortened } from './key-formats.ts';
import type { SecretRegion } from './redact.ts';
import { requestRules } from './request-rules.ts';

/** Looks at no more places of one kind. */
const maxPlaces = 1000;

/** A value in quotes goes up to the quote, whatever it is made of. */
const quoted: Readonly<Record<string, RegExp>> = {
  '"': /[^"\\\n]{6,400}(?=\\?")/y,
  "'": /[^'\\\n]{6,400}(?=\\?')/y,
};

/** Finds credentials by what stands before them. */
export function scanByContext(text: string): SecretRegion[] {
  const found: SecretRegion[] = [];
  for (const { type, before, value: shape, accept } of [...assignmentRules, ...requestRules]) {
    for (const match of text.matchAll(before).take(maxPlaces)) {
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
    const value = matchAt(inQuotes, text, start);
    if (value !== undefined && !/\s/.test(value)) return value;
  }
  return matchAt(shape, text, start)?.replace(/[.,;:!?]+$/, '') ?? '';
}

function matchAt(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
