// Undoes what terminals and editors do to long keys (breaks) and Markdown, HTML and mail to any text
// (escapes).

/** A text with some characters left out or replaced, and where each of its characters stood. */
export interface Unwrapped {
  readonly text: string;
  /** The region of the original that the characters from `start` up to `end` stood in. */
  readonly original: (start: number, end: number) => { readonly start: number; readonly end: number };
}

/** Characters that are written in another way, and those that nobody sees. */
const escaped =
  /&(?:#(\d{2,3})|#[xX]([0-9A-Fa-f]{2})|([a-z]{2,6}));|\\u00([2-7][0-9A-Fa-f])|(?<=\w)\\(?=[_-])|[\u00ad\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\ufeff]|\u200d|\ufe0f|<wbr>/g;

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  equals: '=',
  plus: '+',
  sol: '/',
  colon: ':',
  period: '.',
  commat: '@',
  shy: '',
};

/**
 * What runs on from the end of one line to the next, or from one string to the one it is joined with: a key's
 * characters, a line end with its frame, indentation or quote mark (in mail behind `=`), a key's characters.
 */
const wrap =
  /(?<=[A-Za-z0-9_+/=-]{10})(?:(?:[ \t]{0,4}[│┃║|])?[ \t]{0,4}\\?\r?\n[ \t>|│┃║]{0,12}|["'] ?[+.&]? ?[\\_]?\r?\n[ \t]{0,12}(?:[+.&] ?)?["']|["'] ?[+.] ?["'])(?=[A-Za-z0-9_+/=-]{4})|(?<=[A-Za-z0-9_+/-]{10})=\r?\n(?=[A-Za-z0-9_+/-]{4})/g;

/** The text with escapes and entities as what they stand for, and without invisible characters. */
export function decodeEscapes(text: string): Unwrapped {
  return rewrite(text, escaped, ([all, decimal, hex, name, unicode]) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex ?? unicode ?? '', 16) : Number(decimal);
    if (Number.isNaN(code)) return '';
    return code >= 32 && code < 127 ? String.fromCharCode(code) : all;
  });
}

/** The text with wrapped lines joined; null where there are none. */
export function unwrap(text: string): Unwrapped | null {
  const joined = rewrite(text, wrap, () => '');
  return joined.text.length === text.length ? null : joined;
}

/** A line that goes on with nothing but a key's characters. */
const nextLine =
  /^(?:[ \t]{0,4}[│┃║|])?[ \t]{0,4}\\?\r?\n[ \t>|│┃║]{0,12}([A-Za-z0-9_+/.-]{4,400}={0,2})(?=["'`\s]|$)/;
/** More than the longest such line with its frame. */
const window = 500;
/** Terminals are hardly ever narrower. */
const minWidth = 40;
const maxLines = 20;

/** Where a value ends that runs on over the edge of a terminal: as far as whole lines look generated. */
export function endOfWrapped(text: string, { start, end }: { start: number; end: number }): number {
  let until = end;
  for (let line = 0; line < maxLines; line++) {
    const width = until - Math.max(text.lastIndexOf('\n', until - 1) + 1, line === 0 ? start - 80 : 0);
    const rest = width < minWidth ? null : nextLine.exec(text.slice(until, until + window));
    if (rest?.[1] === undefined || !/\d/.test(rest[1]) || !/[A-Za-z]/.test(rest[1])) break;
    until += rest[0].length;
  }
  return until;
}

/** Each match replaced by what `by` gives for it, which is not longer. */
function rewrite(text: string, pattern: RegExp, by: (match: RegExpExecArray) => string): Unwrapped {
  const parts: string[] = [];
  // From each of these offsets on, the original lies so much further.
  const offsets: number[] = [];
  const shifts: number[] = [];
  let from = 0;
  let removed = 0;
  for (const match of text.matchAll(pattern)) {
    const replacement = by(match);
    const until = match.index + match[0].length;
    if (replacement === match[0]) continue;
    parts.push(text.slice(from, match.index), replacement);
    offsets.push(match.index - removed + replacement.length);
    removed += match[0].length - replacement.length;
    shifts.push(removed);
    from = until;
  }
  if (offsets.length === 0) return { text, original: (start, end) => ({ start, end }) };
  parts.push(text.slice(from));
  const move = (offset: number): number => shifts[countUpTo(offsets, offset) - 1] ?? 0;
  return {
    text: parts.join(''),
    original: (start, end) => {
      // A replaced character ends where what it stands for ends.
      const replaced =
        offsets[countUpTo(offsets, end) - 1] === end && parts[2 * countUpTo(offsets, end) - 1] !== '';
      return { start: start + move(start), end: end + move(replaced ? end : end - 1) };
    },
  };
}

/** How many of the ascending numbers are not above `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
