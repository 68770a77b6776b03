/** Circles of files and folders: at each level of the tree, what lies side by side must be readable in one order. */

/** A file and the files that it imports, as paths with `/`. */
export interface Imports {
  readonly source: string;
  readonly imports: readonly string[];
}

/**
 * Circles among the children of every folder, a file counting as itself and a folder as all that it holds.
 * @returns for each circle `folder: a → b → a`, with the imports that tie it
 */
export function circles(modules: readonly Imports[]): readonly string[] {
  const folders = new Set(modules.flatMap(({ source }) => ancestors(source)));
  return [...folders].sort().flatMap((folder) => circlesIn(folder, modules));
}

function circlesIn(folder: string, modules: readonly Imports[]): string[] {
  const arrows = new Map<string, Map<string, string>>();
  for (const { imports, source } of modules) {
    const from = childOf(folder, source);
    if (from === null) continue;
    for (const target of imports) {
      const to = childOf(folder, target);
      if (to === null || to === from) continue;
      const out = arrows.get(from) ?? new Map<string, string>();
      if (!out.has(to)) out.set(to, `${source} imports ${target}`);
      arrows.set(from, out);
    }
  }
  const found = findCircle(arrows);
  if (found === null) return [];
  const ties = found.map(
    (from, index) => arrows.get(from)?.get(found[(index + 1) % found.length] ?? '') ?? '',
  );
  return [`${folder}: ${[...found, found[0]].join(' → ')} (${ties.join('; ')})`];
}

/** The first circle that a walk in depth meets. */
function findCircle(arrows: ReadonlyMap<string, ReadonlyMap<string, string>>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): readonly string[] | null => {
    const back = path.indexOf(node);
    if (back >= 0) return path.slice(back);
    if (done.has(node)) return null;
    for (const next of arrows.get(node)?.keys() ?? []) {
      const found = walk(next, [...path, node]);
      if (found !== null) return found;
    }
    done.add(node);
    return null;
  };
  for (const node of arrows.keys()) {
    const found = walk(node, []);
    if (found !== null) return found;
  }
  return null;
}

function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function childOf(folder: string, path: string): string | null {
  return path.startsWith(`${folder}/`) ? (path.slice(folder.length + 1).split('/')[0] ?? null) : null;
}
