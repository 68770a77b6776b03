import { configPath, readConfig } from '../../config/index.ts';
import { lint } from '../../knowledge/index.ts';
import { type Problem, printProblem } from '../../model/problem.ts';
import { samplesHit } from '../../repository/check-samples.ts';
import { InputError } from '../input/input-error.ts';
import { readPages } from '../input/read-pages.ts';
import { type Io, readText } from '../io.ts';

/**
 * `signpost lint [paths…] [--labels a,b] [--json]`: checks pages, packs and settings. Paths are pages, folders
 * of pages, or `.yml` settings; without any, `signatures`, `.github/signatures` and `.github/signpost.yml`, as
 * far as they exist. 0 without problems, 1 with some, 2 when a path cannot be read.
 */
export async function run(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  try {
    const paths = args.length > 0 ? args : await defaultPaths(io);
    const settings = paths.filter((path) => /\.ya?ml$/.test(path));
    const folders = await readPages(
      paths.filter((path) => !settings.includes(path)),
      io,
    );
    const problems: Problem[] = [];
    for (const folder of folders) {
      const given = typeof options.labels === 'string' ? options.labels.split(',') : folder.labels;
      problems.push(...lint(folder, samplesHit, given === null ? null : new Set(given)));
    }
    for (const path of settings) problems.push(...(await settingsProblems(path, io)));
    const pages = folders.reduce((sum, folder) => sum + folder.pages.length, 0);
    io.stdout(options.json === true ? printJson(pages, problems) : printText(pages, problems));
    return problems.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stderr(`signpost: ${error.message}\n`);
    return 2;
  }
}

async function defaultPaths(io: Io): Promise<string[]> {
  const here = await io.readDir('.');
  const github = here.includes('.github') ? await io.readDir('.github') : [];
  const paths = [
    ...(here.includes('signatures') ? ['signatures'] : []),
    ...(github.includes('signatures') ? ['.github/signatures'] : []),
    ...(github.includes('signpost.yml') ? [configPath] : []),
  ];
  if (paths.length > 0) return paths;
  throw new InputError(
    'nothing to check here (expected signatures, .github/signatures or .github/signpost.yml)',
  );
}

async function settingsProblems(path: string, io: Io): Promise<readonly Problem[]> {
  const text = await readText(path, 'settings of Signpost', io);
  if (text === null) throw new InputError(`${path} was not checked (expected settings of Signpost)`);
  return readConfig(path, text).problems;
}

function printJson(pages: number, problems: readonly Problem[]): string {
  return `${JSON.stringify({ pages, problems }, null, 2)}\n`;
}

function printText(pages: number, problems: readonly Problem[]): string {
  const lines = problems.map(
    (problem) => `${problem.severity === 'warning' ? 'warning: ' : ''}${printProblem(problem)}`,
  );
  const count = `${pages} ${pages === 1 ? 'page' : 'pages'}, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return `${[...lines, count].join('\n')}\n`;
}
