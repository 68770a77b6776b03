/**
 * The properties of a page's `regex` that lint and matcher share: the literals of which one occurs in any
 * text that it matches, and constructs that RE2 lacks.
 */
export interface PatternReading {
  /** One of these (lower case) occurs in every text that matches; null where no literal is certain. */
  readonly literals: readonly string[] | null;
  /** Further sets, of each of which one member occurs in every text that matches. */
  readonly also: readonly (readonly string[])[];
  /** The highest bound of any `{n,m}`. */
  readonly repeats: number;
  /** Constructs that RE2 lacks, with their offset in the pattern. */
  readonly unsupported: readonly { readonly at: number; readonly what: string }[];
}

/** Letters and digits that a literal needs, so that few lines contain it by chance. */
export const minLiteral = 3;
/** The highest bound of `{n,m}` that a page may use: compiling copies the repeated part. */
export const maxRepeats = 100;
/** A pattern with more alternatives than this has no useful literal. */
const maxAlternatives = 32;

/** A part of a pattern: `exact` when it is one fixed string; of each set in `needs` one member must occur. */
interface Piece {
  readonly exact: string | null;
  readonly needs: readonly (readonly string[])[];
}

const unknownPiece: Piece = { exact: null, needs: [] };

/** Reads a pattern without compiling it. Never throws: the compiler reports malformed patterns. */
export function readPattern(pattern: string): PatternReading {
  const cursor: Cursor = { pattern, at: 0, depth: 0, repeats: 0, unsupported: [] };
  const piece = alternation(cursor);
  const [literals = null, ...also] = setsOf(piece).toSorted((a, b) => shortest(b) - shortest(a));
  return { literals, also, repeats: cursor.repeats, unsupported: cursor.unsupported };
}

interface Cursor {
  readonly pattern: string;
  at: number;
  depth: number;
  repeats: number;
  readonly unsupported: { at: number; what: string }[];
}

function alternation(cursor: Cursor): Piece {
  const branches = [sequence(cursor)];
  while (cursor.pattern[cursor.at] === '|') {
    cursor.at++;
    branches.push(sequence(cursor));
  }
  if (branches.length === 1) return branches[0] ?? unknownPiece;
  const needs = branches.flatMap((branch) => {
    const [first, ...rest] = setsOf(branch);
    return first === undefined ? [] : [rest.reduce((a, b) => (shortest(b) > shortest(a) ? b : a), first)];
  });
  // One branch that needs nothing makes the whole need nothing.
  if (needs.length < branches.length || needs.flat().length > maxAlternatives) return unknownPiece;
  return { exact: null, needs: [needs.flat()] };
}

function sequence(cursor: Cursor): Piece {
  let run = '';
  let exact = true;
  const needs: (readonly string[])[] = [];
  const endRun = () => {
    needs.push(...setsOf({ exact: run, needs: [] }));
    run = '';
    exact = false;
  };
  while (cursor.at < cursor.pattern.length) {
    const char = cursor.pattern[cursor.at];
    if (char === '|' || (char === ')' && cursor.depth > 0)) break;
    const piece = atom(cursor);
    const times = quantifier(cursor);
    if (times === null && piece.exact !== null) run += piece.exact;
    else {
      endRun();
      if (times === null || times > 0) needs.push(...setsOf(piece));
    }
  }
  if (exact) return { exact: run, needs: [] };
  endRun();
  return { exact: null, needs };
}

/** The minimum number of times that the preceding atom occurs; null without a quantifier. */
function quantifier(cursor: Cursor): number | null {
  const { pattern } = cursor;
  const char = pattern[cursor.at];
  let least: number | null = null;
  if (char === '*' || char === '?') least = 0;
  else if (char === '+') least = 1;
  if (least !== null) cursor.at++;
  else if (char === '{') {
    const bounds = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(pattern.slice(cursor.at, cursor.at + 24));
    if (bounds === null) return null;
    least = Number(bounds[1]);
    cursor.repeats = Math.max(cursor.repeats, least, Number(bounds[3] ?? 0));
    cursor.at += bounds[0].length;
  } else return null;
  if (pattern[cursor.at] === '?') cursor.at++;
  else if (pattern[cursor.at] === '+') {
    cursor.unsupported.push({ at: cursor.at, what: 'possessive quantifier' });
    cursor.at++;
  }
  return least;
}

function atom(cursor: Cursor): Piece {
  const { pattern } = cursor;
  const char = pattern[cursor.at] ?? '';
  if (char === '(') return group(cursor);
  if (char === '[') return characterClass(cursor);
  if (char === '\\') return escaped(cursor);
  cursor.at++;
  if (char === '^' || char === '$') return { exact: '', needs: [] };
  if (char === '.') return unknownPiece;
  return { exact: char.toLowerCase(), needs: [] };
}

const lookarounds: readonly (readonly [string, string])[] = [
  ['(?=', 'look-ahead'],
  ['(?!', 'look-ahead'],
  ['(?<=', 'look-behind'],
  ['(?<!', 'look-behind'],
  ['(?>', 'atomic group'],
  ['(?(', 'conditional group'],
];

function group(cursor: Cursor): Piece {
  const { pattern } = cursor;
  const rest = pattern.slice(cursor.at, cursor.at + 64);
  const missing = lookarounds.find(([opening]) => rest.startsWith(opening));
  if (missing !== undefined) cursor.unsupported.push({ at: cursor.at, what: missing[1] });
  const opening = missing?.[0] ?? /^\((\?P?<\w+>|\?[a-zA-Z-]*:?)?/.exec(rest)?.[0] ?? '(';
  cursor.at += opening.length;
  // `(?i)` sets flags and encloses nothing.
  if (/^\(\?[a-zA-Z-]+$/.test(opening) && pattern[cursor.at] === ')') {
    cursor.at++;
    return { exact: '', needs: [] };
  }
  cursor.depth++;
  const inner = alternation(cursor);
  cursor.depth--;
  if (pattern[cursor.at] === ')') cursor.at++;
  return missing === undefined ? inner : unknownPiece;
}

function characterClass(cursor: Cursor): Piece {
  const { pattern } = cursor;
  const start = cursor.at + 1;
  let at = start;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern.startsWith('[:', at)) {
      const close = pattern.indexOf(':]', at);
      at = close < 0 ? at + 2 : close + 2;
    } else at += pattern[at] === '\\' ? 2 : 1;
  }
  cursor.at = at + 1;
  const inside = pattern.slice(start, at);
  // `[.]` denotes one plain character.
  return inside.length === 1 && inside !== '^' ? { exact: inside.toLowerCase(), needs: [] } : unknownPiece;
}

function escaped(cursor: Cursor): Piece {
  const { pattern } = cursor;
  const at = cursor.at;
  const char = pattern[at + 1] ?? '';
  cursor.at += 2;
  if (char === 'Q') {
    const close = pattern.indexOf('\\E', cursor.at);
    const end = close < 0 ? pattern.length : close;
    const quoted = pattern.slice(cursor.at, end);
    cursor.at = close < 0 ? end : end + 2;
    return { exact: quoted.toLowerCase(), needs: [] };
  }
  if (/[1-9]/.test(char) || char === 'k') {
    cursor.unsupported.push({ at, what: 'back-reference' });
    return unknownPiece;
  }
  if (/[bBAzZ]/.test(char)) return { exact: '', needs: [] };
  if (/[pPx]/.test(char) && pattern[cursor.at] === '{') {
    const close = pattern.indexOf('}', cursor.at);
    cursor.at = close < 0 ? pattern.length : close + 1;
    return unknownPiece;
  }
  if (char === 'x') cursor.at += 2;
  else if (char === 'p' || char === 'P') cursor.at += 1;
  return /[a-zA-Z0-9]/.test(char) ? unknownPiece : { exact: char, needs: [] };
}

/** The sets of which a member must occur, without those that have a member shorter than `minLiteral`. */
function setsOf({ exact, needs }: Piece): readonly (readonly string[])[] {
  const sets = exact === null ? needs : [[exact]];
  return sets.filter((set) => shortest(set) >= minLiteral);
}

/** The number of letters and digits in a set's shortest literal. */
function shortest(set: readonly string[]): number {
  return Math.min(...set.map((literal) => literal.match(/[\p{L}\p{N}]/gu)?.length ?? 0));
}
