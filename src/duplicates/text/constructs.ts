import type { Report } from '../../model/report.ts';
import { insideOf } from './inside.ts';

/**
 * What a code sample does with its language, whatever names it gives to things: the reserved words, common library types and
 * marks of syntax that stand in it, by number, rising. Two samples that fail for the same reason share the construct that
 * fails, though they share no name.
 */
export type Constructs = Uint32Array;

/** Reserved in C, C++, C#, Go, Java, JavaScript, Kotlin, Python, Ruby, Rust, Swift or TypeScript. */
const reserved = `abstract alignof as asm async await base become begin bool box break byte case catch char checked class const
  continue crate debugger declare def default defer del delegate delete deriving do double dyn elif else elsif end ensure enum
  event except export extends extern fallthrough final finally fixed float fn for foreach from func function global go goto
  guard if impl implements import in inline instanceof int interface internal is lambda let lock long loop macro macro_rules
  match mod module mut mutable namespace native new nonlocal not null object offsetof once operator or out override package
  pass priv private proc protected protocol pub public pure raise range readonly ref register repeat rescue restrict return
  sbyte sealed select self Self short signed sizeof stackalloc static strictfp struct subscript super switch synchronized
  template then this throw throws trait transient try type typedef typename typeof uint ulong unchecked undef union unless
  unsafe unsigned unsized until use ushort using val var virtual void volatile when where while with yield`;

/** Of their standard libraries, what a failure may be about. */
const library = `Add Arc Array Box Cell Clone Copy Default Deref Dict Drop Eq Err Error Exception Fn FnMut FnOnce Function
  Future Gc Hash HashMap HashSet Index Iterable Iterator List Map Maybe None Number Object Ok Option Ord Promise Rc RefCell
  Result Send Set Show Sized Some Str String Symbol Sync Vec assert assert_eq console f32 f64 fail format i32 i64 i8 isize len
  panic print printf println spawn str task thread u32 u64 u8 usize`;

/** Each is matched in time linear in the text. */
const marks = [
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

const words = new Map(
  `${reserved} ${library}`.split(/\s+/).map((word, i) => [word, marks.length + i] as const),
);
export const constructCount = marks.length + words.size;

/** Of each block; a pasted log must not cost more than a long sample. */
const mostRead = 20_000;
const longestLine = 300;
/** What a tool says stands in blocks of code too; lines of code that speak of errors are lost with it. */
const ofTools = /error|warning|note:|stack|^\s*\d+:/;

/** What the code of a report uses; errors, stack frames and what else tools say are no code. */
export function constructsOf({ body, code, errors, frames }: Report): Constructs {
  const found = new Set<number>();
  const inError = insideOf(errors);
  const inFrame = insideOf(frames);
  for (const { end, inline, start } of code) {
    if (inline) continue;
    let at = start;
    for (const line of body.slice(start, Math.min(end, start + mostRead)).split('\n')) {
      const first = at + line.search(/\S|$/);
      at += line.length + 1;
      if (!inError(first) && !inFrame(first) && !ofTools.test(line))
        addConstructs(line.slice(0, longestLine), found);
    }
  }
  return Uint32Array.from(found).sort();
}

function addConstructs(line: string, found: Set<number>): void {
  marks.forEach((mark, construct) => {
    if (mark.test(line)) found.add(construct);
  });
  for (const [word] of line.matchAll(/[A-Za-z_]\w*/g)) {
    const construct = words.get(word);
    if (construct !== undefined) found.add(construct);
  }
}

/** How many issues use each construct, and how many use any: at the end. */
export function createConstructCounts(): Uint32Array {
  return new Uint32Array(constructCount + 1);
}

/** @param by 1 for an issue that comes, -1 for one that leaves */
export function countConstructs(counts: Uint32Array, constructs: Constructs, by: 1 | -1): void {
  for (const construct of constructs) counts[construct] = (counts[construct] ?? 0) + by;
  if (constructs.length > 0) counts[constructCount] = (counts[constructCount] ?? 0) + by;
}
