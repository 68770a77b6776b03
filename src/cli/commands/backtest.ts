import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { defaultConfig } from '../../config/index.ts';
import { readPack } from '../../knowledge/index.ts';
import { backtest, backtestMarkdown, backtestTable, createTrainer, type Pages } from '../../match/index.ts';
import { printProblem } from '../../model/problem.ts';
import type { Signature } from '../../model/signature.ts';
import { readReport } from '../../report/index.ts';
import { samplesHit } from '../../repository/check-samples.ts';
import { command } from '../command.ts';
import { numberedIssueShape, numberedReport } from '../input/numbered-report.ts';
import { readBackgrounds } from '../input/read-background.ts';
import { readLines } from '../input/read-lines.ts';
import { type PageFolder, readPages } from '../input/read-pages.ts';
import type { Io } from '../io.ts';
import { requiredOption } from '../options.ts';

/**
 * `signpost backtest [paths…] --issues <jsonl[.gz]> [--against <dir>] [--markdown] [--json]`: what each
 * signature would have done on past issues, and what changed against other pages: those of `--against`, or
 * the ones that git has committed. 0 when it ran, 1 when a page is broken, 2 when it could not run.
 */
export const run = command(async (args, options, io) => {
  const file = requiredOption(options, 'issues', 'a file of issues');
  const rows = await readLines(file, numberedIssueShape, 'a JSON object with number, title and body', io);
  const issues = rows.map(({ value }) => numberedReport(value));
  const folders = await readPages(args.length > 0 ? args : ['signatures'], io);
  const problems = folders.flatMap((folder) => folder.problems);
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  const against = typeof options.against === 'string' ? await readPages([options.against], io) : null;
  const committed = against === null ? await committedPages(folders, io) : signaturesOf(against);
  io.stderr(`${issues.length} issues${committed === null ? ', no committed pages to compare with' : ''}\n`);
  const after = await pagesOf(signaturesOf(folders), folders, io);
  const before = committed === null ? null : await pagesOf(committed, folders, io);
  const results = backtest(issues, after, before, defaultConfig.comment.at);
  if (options.json === true) io.stdout(`${JSON.stringify({ issues: issues.length, signatures: results })}\n`);
  else if (options.markdown === true) io.stdout(`${backtestMarkdown(results, issues.length)}\n`);
  else io.stdout(backtestTable(results, issues.length));
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
});

function signaturesOf(folders: readonly PageFolder[]): Signature[] {
  return folders.flatMap(({ signatures }) => signatures);
}

/** Rules, and models trained on the spot where a folder has a background to train against. */
async function pagesOf(
  signatures: readonly Signature[],
  folders: readonly PageFolder[],
  io: Io,
): Promise<Pages> {
  const background = await readBackgrounds(folders, io);
  const trainer = createTrainer({ signatures, background, readReport });
  return { signatures, recogniserFor: (issue) => trainer.notSeen(issue) };
}

const runFile = promisify(execFile);

/**
 * The same pages as git has committed them; null outside a repository. A page that is new is not among them.
 */
async function committedPages(folders: readonly PageFolder[], io: Io): Promise<Signature[] | null> {
  const signatures: Signature[] = [];
  for (const { folder, pages, pack } of folders) {
    const files = [];
    for (const { file } of pages) {
      const bytes = await committedFile(folder, basename(file));
      if (bytes === 'no-repository') return null;
      if (bytes !== null) files.push({ path: file, bytes });
    }
    signatures.push(...readPack(files, pack, samplesHit).signatures);
  }
  if (signatures.length === 0) io.stderr('none of these pages is committed\n');
  return signatures;
}

async function committedFile(folder: string, name: string): Promise<Uint8Array | null | 'no-repository'> {
  try {
    await runFile('git', ['-C', folder, 'rev-parse', '--verify', '--quiet', 'HEAD']);
  } catch {
    return 'no-repository';
  }
  try {
    const options = { encoding: 'buffer', maxBuffer: 2 ** 24 } as const;
    return (await runFile('git', ['-C', folder, 'show', `HEAD:./${name}`], options)).stdout;
  } catch {
    return null;
  }
}
