/**
 * Finds all occurrences of many literals in one pass over a text (Aho and Corasick, 1975). Nodes are rows of
 * typed arrays; children form sibling lists, those of the root a table, since most steps start there.
 */
export interface Automaton {
  /** Calls `found(literal, end)` for each occurrence, in order of `end` (exclusive). */
  scan(codes: Uint16Array, found: (literal: number, end: number) => void): void;
}

/** A trie of the literals; node 0 is the root. */
interface Trie {
  readonly label: Uint16Array;
  readonly firstChild: Int32Array;
  readonly sibling: Int32Array;
  /** The literal that ends at a node, plus one. */
  readonly ends: Int32Array;
  /** The child of a node for a code; 0 for none. */
  readonly child: (node: number, code: number) => number;
}

/**
 * Builds the automaton. Literals are identified by their index in the list; none may be empty, no two equal.
 */
export function buildAutomaton(literals: readonly Uint16Array[]): Automaton {
  const { child, ends, firstChild, label, sibling } = buildTrie(literals);
  const fail = new Int32Array(label.length);
  /** The nearest node along the failure links, itself included, at which a literal ends. */
  const output = new Int32Array(label.length);
  const step = (node: number, code: number): number => {
    let from = node;
    let next = child(from, code);
    while (next === 0 && from !== 0) {
      from = fail[from]!;
      next = child(from, code);
    }
    return next;
  };
  const queue = [0];
  for (const node of queue) {
    output[node] = ends[node] === 0 ? output[fail[node]!]! : node;
    for (let next = firstChild[node]!; next !== 0; next = sibling[next]!) {
      fail[next] = node === 0 ? 0 : step(fail[node]!, label[next]!);
      queue.push(next);
    }
  }
  return {
    scan(codes, found) {
      let node = 0;
      for (let at = 0; at < codes.length; at++) {
        node = step(node, codes[at]!);
        for (let hit = output[node]!; hit !== 0; hit = output[fail[hit]!]!) found(ends[hit]! - 1, at + 1);
      }
    },
  };
}

function buildTrie(literals: readonly Uint16Array[]): Trie {
  const capacity = 1 + literals.reduce((sum, literal) => sum + literal.length, 0);
  const label = new Uint16Array(capacity);
  const firstChild = new Int32Array(capacity);
  const sibling = new Int32Array(capacity);
  const ends = new Int32Array(capacity);
  const root = new Int32Array(65536);
  let nodes = 1;

  const child = (node: number, code: number): number => {
    if (node === 0) return root[code]!;
    let next = firstChild[node]!;
    while (next !== 0 && label[next] !== code) next = sibling[next]!;
    return next;
  };
  literals.forEach((literal, index) => {
    let node = 0;
    for (const code of literal) {
      let next = child(node, code);
      if (next === 0) {
        next = nodes++;
        label[next] = code;
        sibling[next] = firstChild[node]!;
        firstChild[node] = next;
        if (node === 0) root[code] = next;
      }
      node = next;
    }
    ends[node] = index + 1;
  });
  return { label, firstChild, sibling, ends, child };
}
