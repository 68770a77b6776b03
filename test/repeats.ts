/** Places that say the same lines twice: one piece of code should serve where the logic is the same. */

/** So many equal lines in a row are a copy. Blank lines and imports do not count. */
const leastLines = 12;

/** @returns a line for each pair of places that share twelve equal lines or more, longest run first in each file */
export function repeats(texts: ReadonlyMap<string, string>): readonly string[] {
  const seen = new Map<string, { readonly file: string; readonly line: number; readonly at: number }>();
  const found: string[] = [];
  for (const [file, text] of texts) {
    const lines = codeLines(text);
    let until = 0;
    for (let at = 0; at + leastLines <= lines.length; at++) {
      const run = lines
        .slice(at, at + leastLines)
        .map(({ code }) => code)
        .join('\n');
      const first = seen.get(run);
      if (first === undefined) seen.set(run, { file, line: lines[at]?.line ?? 0, at });
      else if (at >= until && (first.file !== file || at - first.at >= leastLines)) {
        found.push(
          `${file}:${lines[at]?.line}: ${leastLines} lines or more stand at ${first.file}:${first.line} as well`,
        );
        until = at + leastLines;
      }
    }
  }
  return found;
}

function codeLines(text: string): { readonly code: string; readonly line: number }[] {
  const withoutImports = text.replace(/^(import|export)\b[^;]*?\bfrom '[^']+';$/gms, (all) =>
    all.replace(/[^\n]/g, ''),
  );
  return withoutImports
    .split('\n')
    .map((code, index) => ({ code: code.trim(), line: index + 1 }))
    .filter(({ code }) => code !== '');
}
