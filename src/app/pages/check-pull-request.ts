import { configPath, readConfig } from '../../config/index.ts';
import { type PackInput, readPack } from '../../knowledge/index.ts';
import { backtest, backtestMarkdown, createRecogniser, type Pages } from '../../match/index.ts';
import { type Problem, printProblem } from '../../model/problem.ts';
import type { Pack, Signature } from '../../model/signature.ts';
import type { GitHub } from '../../ports/github.ts';
import { readReport } from '../../report/index.ts';
import { samplesHit } from '../../repository/check-samples.ts';
import type { JobContext } from '../context.ts';

/** Pages of the repository itself, and of packs that it keeps. */
const pagePath = /^(\.github\/signatures|signatures\/[\w.-]+)\/[\w.-]+\.md$/;
/** So many of the newest issues are the history that changed pages are tried on: a hundred a call. */
const issuesTried = 500;
const longestSummary = 60_000;

/**
 * A pull request that changes pages or settings gets a check run: problems at their lines, and what the pages would have
 * done on the repository's own history. Pages of a fork are read as data only.
 */
export async function checkPages(
  { github, services: ports, row }: JobContext,
  number: number,
): Promise<void> {
  const { repository } = row;
  const pull = await github.pull(repository, number);
  const pages = pull?.files.filter((path) => pagePath.test(path)) ?? [];
  if (pull === null || (pages.length === 0 && !pull.files.includes(configPath))) return;

  const problems: Problem[] = [];
  const settings = pull.files.includes(configPath)
    ? await github.file(repository, configPath, pull.sha)
    : null;
  const { config, problems: mistakes } = readConfig(configPath, settings ?? '');
  problems.push(...mistakes);
  const after = await readPages(repository, pages, github, pull.sha);
  problems.push(...after.problems);
  const before = await readPages(repository, pages, github);
  const broken = problems.filter(({ severity }) => severity === 'error').length;
  await github.reportCheck(repository, {
    name: 'Signpost pages',
    sha: pull.sha,
    conclusion: broken > 0 ? 'failure' : 'success',
    title: broken > 0 ? `${broken} ${broken === 1 ? 'problem' : 'problems'}` : 'Pages and settings are sound',
    summary: await summarise(
      repository,
      after.signatures,
      before.signatures,
      problems,
      config.comment.at,
      github,
    ),
    annotations: problems.map(({ file, line, severity, ...rest }) => ({
      path: file,
      line,
      level: severity === 'error' ? 'failure' : 'warning',
      message: printProblem({ file, line, severity, ...rest }),
    })),
  });
  ports.log.info(
    { repository, pull: number, pages: pages.length, problems: problems.length },
    'pages checked',
  );
}

async function readPages(
  repository: string,
  paths: readonly string[],
  github: GitHub,
  commit?: string,
): Promise<{ signatures: readonly Signature[]; problems: readonly Problem[] }> {
  const files: PackInput[] = [];
  for (const path of paths) {
    const bytes = await github.file(repository, path, commit);
    if (bytes !== null) files.push({ path, bytes });
  }
  const pack: Pack = { name: 'pull request', repository, url: null };
  return readPack(files, pack, samplesHit);
}

async function summarise(
  repository: string,
  after: readonly Signature[],
  before: readonly Signature[],
  problems: readonly Problem[],
  threshold: number,
  github: GitHub,
): Promise<string> {
  const listed = problems.map((problem) => `- \`${printProblem(problem).replaceAll('`', "'")}\``).join('\n');
  if (after.length === 0) return listed === '' ? 'No page changed.' : listed;
  const issues = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<GitHub['history']>> = await github.history(repository, cursor);
    issues.push(...page.issues.map((issue) => ({ number: issue.number, report: readReport(issue) })));
    cursor = page.next;
  } while (cursor !== null && issues.length < issuesTried);
  const results = backtest(issues, byRules(after), byRules(before), threshold);
  return [listed, backtestMarkdown(results, issues.length)]
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, longestSummary);
}

/** Pages of a pull request have no models yet: their rules speak. */
function byRules(signatures: readonly Signature[]): Pages {
  const recogniser = createRecogniser(signatures);
  return { signatures, recogniserFor: () => recogniser };
}
