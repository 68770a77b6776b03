import { configPath, readConfig } from '../../config/index.ts';
import { lint } from '../../knowledge/index.ts';
import { type Problem, printProblem } from '../../model/problem.ts';
import { samplesHit } from '../../repository/check-samples.ts';
import { command } from '../command.ts';
import { readPages } from '../input/read-pages.ts';
import { InputError } from '../input-error.ts';
import { type Io, readUtf8 } from '../io.ts';

/**
 * `signpost lint [paths…] [--labels a,b] [--json]`: checks pages, packs and settings. Paths are pages,
 * folders of pages, or `.yml` settings; without any, `signatures`, `.github/signatures` and
 * `.github/signpost.yml`, as far as they exist. 0 without problems, 1 with some, 2 when a path cannot be
 * read.
 */
export const run = command(async (args, options, io) => {
  const paths = args.length > 0 ? args : await defaultPaths(io);
  const settings = paths.filter((path) => /\.ya?ml$/.test(path));
  const folders = await readPages(
    paths.filter((path) => !settings.includes(path)),
    io,
  );
  const problems: Problem[] = [];
  for (const folder of folders) {
    const labels = typeof options.labels === 'string' ? options.labels.split(',') : folder.labels;
    problems.push(...lint(folder, samplesHit, labels === null ? null : new Set(labels)));
  }
  for (const path of settings)
    problems.push(...readConfig(path, await readUtf8(path, 'settings of Signpost', io)).problems);
  const pages = folders.reduce((sum, folder) => sum + folder.pages.length, 0);
  io.stdout(options.json === true ? formatJson(pages, problems) : formatText(pages, problems));
  return problems.length > 0 ? 1 : 0;
});

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

function formatJson(pages: number, problems: readonly Problem[]): string {
  return `${JSON.stringify({ pages, problems }, null, 2)}\n`;
}

function formatText(pages: number, problems: readonly Problem[]): string {
  const lines = problems.map(
    (problem) => `${problem.severity === 'warning' ? 'warning: ' : ''}${printProblem(problem)}`,
  );
  const count = `${pages} ${pages === 1 ? 'page' : 'pages'}, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return `${[...lines, count].join('\n')}\n`;
}
