/** What the fences find in a tree: broken rules, circles, globals of the machine, files and rooms that are too large. */
import { readdirSync, readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { circles } from './circles.ts';
import { fences } from './fence-rules.ts';
import { repeats } from './repeats.ts';

export interface Survey {
  /** How many files were seen. */
  readonly modules: number;
  /** One line each: place, what was found, why it is forbidden. */
  readonly broken: readonly string[];
}

/** A file that says more than one thing says it in more lines than this. */
const mostLines = 300;
/** The share of all lines that one folder may hold. */
const mostShare = 0.15;
/** Rooms that may ask the machine for time, chance and its environment. */
const shell = /^src\/(server|cli|process|adapters)\//;
// What no import shows: the clock, chance and the environment are globals.
const globals =
  /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.|performance\.now\(|setTimeout\(|setInterval\(|await fetch\()/;

/** Looks through `src` under a folder (default: here). Fails when fewer modules are seen than there are files. */
export async function survey(base = process.cwd()): Promise<Survey> {
  const { forbidden, options } = fences;
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: base, validate: true, ruleSet: { forbidden } },
    undefined,
    { tsConfig: extractTSConfig(`${base}/tsconfig.json`) },
  );
  if (typeof output === 'string')
    throw new Error('dependency-cruiser returned text, expected its result object');
  const rules = output.summary.violations.map(({ from, rule, to }) => {
    const comment = forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
    return `${from}: ${rule.name}: imports ${to}. ${comment}`;
  });
  const modules = output.modules.filter(({ source }) => source.startsWith('src/'));
  const rounds = circles(
    modules.map(({ dependencies, source }) => ({
      source,
      imports: dependencies.map(({ resolved }) => resolved),
    })),
  ).map((circle) => `${circle}: folders go in a circle; move what both need below them`);
  const files = readdirSync(`${base}/src`, { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'));
  const texts = new Map(files.map((file) => [file, readFileSync(`${base}/${file}`, 'utf8')]));
  const unseen =
    modules.length < files.length
      ? [
          `fences: dependency-cruiser saw ${modules.length} modules, expected ${files.length}: the fences guard nothing`,
        ]
      : [];
  return {
    modules: modules.length,
    broken: [...rules, ...rounds, ...leaks(texts), ...oversized(texts), ...repeats(texts), ...unseen],
  };
}

function leaks(texts: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [file, text] of texts) {
    if (shell.test(file)) continue;
    for (const [index, line] of text.split('\n').entries()) {
      const leak = globals.exec(line.replace(/\/\/.*|\/?\*.*/, ''));
      if (leak !== null)
        found.push(`${file}:${index + 1}: ${leak[0]} in a room without a machine; take it through a port`);
    }
  }
  return found;
}

function oversized(texts: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const folders = new Map<string, number>();
  let all = 0;
  for (const [file, text] of texts) {
    const lines = text.split('\n').length - 1;
    all += lines;
    if (lines > mostLines)
      found.push(`${file}: ${lines} lines (at most ${mostLines}): split it by what it says`);
    const parts = file.split('/');
    for (let depth = 2; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      folders.set(folder, (folders.get(folder) ?? 0) + lines);
    }
  }
  for (const [folder, lines] of folders)
    if (all > 1000 && lines > all * mostShare)
      found.push(
        `${folder}: ${lines} of ${all} lines (at most ${mostShare * 100} %): give a part a room of its own`,
      );
  return found;
}
