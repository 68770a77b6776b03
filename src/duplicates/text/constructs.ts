import type { Report } from '../../model/report.ts';
import { isWithin } from './regions.ts';

/**
 * What a code sample does with its language, whatever names it gives to things: reserved words, common
 * library types and patterns of syntax, by number, rising. Two samples that fail for the same reason share
 * the construct that fails, though they share no name.
 */
export type Constructs = Uint32Array;

/** Reserved in C, C++, C#, Go, Java, JavaScript, Kotlin, Python, Ruby, Rust, Swift or TypeScript. */
const reserved = `
  abstract alignof as asm async await base become begin bool box break byte case catch char checked class
  const continue crate debugger declare def default defer del delegate delete deriving do double dyn elif
  else elsif end ensure enum event except export extends extern fallthrough final finally fixed float fn for
  foreach from func function global go goto guard if impl implements import in inline instanceof int
  interface internal is lambda let lock long loop macro macro_rules match mod module mut mutable namespace
  native new nonlocal not null object offsetof once operator or out override package pass priv private proc
  protected protocol pub public pure raise range readonly ref register repeat rescue restrict return sbyte
  sealed select self Self short signed sizeof stackalloc static strictfp struct subscript super switch
  synchronized template then this throw throws trait transient try type typedef typename typeof uint ulong
  unchecked undef union unless unsafe unsigned unsized until use ushort using val var virtual void volatile
  when where while with yield`;

/** Names of their standard libraries that a failure may be about. */
const library = `
  Add Arc Array Box Cell Clone Copy Default Deref Dict Drop Eq Err Error Exception Fn FnMut FnOnce Function
  Future Gc Hash HashMap HashSet Index Iterable Iterator List Map Maybe None Number Object Ok Option Ord
  Promise Rc RefCell Result Send Set Show Sized Some Str String Symbol Sync Vec assert assert_eq console f32
  f64 fail format i32 i64 i8 isize len panic print printf println spawn str task thread u32 u64 u8 usize`;

/** Each is matched in time linear in the text. */
const syntaxPatterns = [
  /[&<]'[a-z]/, // a lifetime
  /\|[\w, :&]*\|/, // a closure's arguments
  /<[A-Z]\b/, // a generic type
  /[A-Z][ \t]*:[ \t]*[A-Z]/, // a bound
  /::</, // a generic path
  /\.\./, // a range, or what is spread
  /@/,
  /~/,
  /&mut/,
  /\*(?:mut|const)?[ \t]*[a-z]/, // a pointer
  /\[\w+[,;.]/, // elements, or an array type
  /#!?\[/, // an attribute
  /=>/,
  /->/,
  /\w![ \t]*[({]/, // a macro
  /\(\)/,
  /\$\{/,
  /\?\./,
];

const constructByWord = new Map(
  `${reserved} ${library}`
    .trim()
    .split(/\s+/)
    .map((word, i) => [word, syntaxPatterns.length + i] as const),
);
export const constructCount = syntaxPatterns.length + constructByWord.size;

/** Of each block: a pasted log must not cost more than a long sample. */
const maxCodeLength = 20_000;
const maxLineLength = 300;
/** Tools' output stands in blocks of code too. Lines of code that speak of errors are lost with it. */
const toolOutput = /error|warning|note:|stack|^\s*\d+:/;

/** The constructs in a report's code; errors, stack frames and other output of tools are no code. */
export function constructsOf({ body, code, errors, frames }: Report): Constructs {
  const found = new Set<number>();
  const inError = isWithin(errors);
  const inFrame = isWithin(frames);
  for (const { end, inline, start } of code) {
    if (inline) continue;
    let at = start;
    for (const line of body.slice(start, Math.min(end, start + maxCodeLength)).split('\n')) {
      const first = at + line.search(/\S|$/);
      at += line.length + 1;
      if (!inError(first) && !inFrame(first) && !toolOutput.test(line))
        addConstructs(line.slice(0, maxLineLength), found);
    }
  }
  return Uint32Array.from(found).sort();
}

function addConstructs(line: string, found: Set<number>): void {
  syntaxPatterns.forEach((pattern, construct) => {
    if (pattern.test(line)) found.add(construct);
  });
  for (const [word] of line.matchAll(/[A-Za-z_]\w*/g)) {
    const construct = constructByWord.get(word);
    if (construct !== undefined) found.add(construct);
  }
}

/** Room to count the issues that use each construct, and at the end those that use any. */
export function createConstructCounts(): Uint32Array {
  return new Uint32Array(constructCount + 1);
}

/** @param by 1 for an issue that comes, -1 for one that leaves */
export function countConstructs(counts: Uint32Array, constructs: Constructs, by: 1 | -1): void {
  for (const construct of constructs) counts[construct]! += by;
  if (constructs.length > 0) counts[constructCount]! += by;
}
