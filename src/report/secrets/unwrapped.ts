// Terminals and editors break long keys at the edge; Markdown has people escape what is in them.

/** A text with some characters left out, and where each of its characters stood. */
export interface Unwrapped {
  readonly text: string;
  /** The offset in the original of the character at `offset`. */
  readonly original: (offset: number) => number;
}

/**
 * What runs on from the end of one line to the next, or is escaped: a key's characters, a line end with its
 * indentation or quote mark, a key's characters.
 */
const wrap =
  /(?<=[A-Za-z0-9_+/=-]{10})(?:[ \t]{0,2}\\?\r?\n[ \t>|]{0,12}|["'] ?[+.]? ?\\?\r?\n[ \t]{0,12}["'])(?=[A-Za-z0-9_+/=-]{4})|(?<=\w)\\(?=[_-])|[\u200b\u00ad\u2060\ufeff]|<wbr>/g;

/** The text with wrapped lines joined and escapes gone; null where there are none. */
export function unwrap(text: string): Unwrapped | null {
  const gaps: { at: number; length: number }[] = [];
  const parts: string[] = [];
  let from = 0;
  let removed = 0;
  for (const match of text.matchAll(wrap)) {
    parts.push(text.slice(from, match.index));
    gaps.push({ at: match.index - removed, length: match[0].length });
    removed += match[0].length;
    from = match.index + match[0].length;
  }
  if (gaps.length === 0) return null;
  parts.push(text.slice(from));
  return { text: parts.join(''), original: (offset) => offset + removedBefore(gaps, offset) };
}

function removedBefore(gaps: readonly { at: number; length: number }[], offset: number): number {
  let sum = 0;
  for (const { at, length } of gaps) {
    if (at > offset) break;
    sum += length;
  }
  return sum;
}
