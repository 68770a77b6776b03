import { systemClock } from '../../adapters/clock.ts';
import { issueShape } from '../../adapters/github/shapes.ts';
import { readShippedPacks } from '../../adapters/packs/read-packs.ts';
import { suggestLabels, trainLabels } from '../../classify/index.ts';
import { configPath, defaultConfig, readConfig } from '../../config/index.ts';
import type { Config } from '../../model/config.ts';
import type { Issue } from '../../model/issue.ts';
import { printProblem } from '../../model/problem.ts';
import type { GitHub } from '../../ports/github.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../../repository/knowledge-base.ts';
import { createSettingsCache, type RepositorySettings } from '../../repository/settings.ts';
import { triage } from '../../triage/triage.ts';
import { triageInput } from '../../triage/triage-input.ts';
import { plannedComment, print, view } from '../format-issue.ts';
import { type Io, readText } from '../io.ts';

/** Numbers of the shipped pages mean this repository; a file that names none is read as an issue of it. */
const home = 'anthropics/claude-code';

/**
 * Prints what Signpost would find and do for one issue, as if `mode: advise` were set and it had just been opened.
 * Writes nothing. A file is an issue as REST returns it; title and body suffice, and no GitHub is asked. For owner/repo#n
 * the repository's own settings, pages, issue forms and labels count as in the App.
 */
export async function run(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  const [target = '-'] = args;
  const given = typeof options.config === 'string' ? await readSettings(options.config, io) : undefined;
  if (given === null) return 2;
  const found = /^[\w.-]+\/[\w.-]+#\d+$/.test(target)
    ? await fromGitHub(target, io)
    : await fromFile(target, io);
  if (found === null) return 2;
  const { issue, github, threads } = found;
  const knowledgeBase = createKnowledgeBase(await readShippedPacks(), process.env.PAGES_URL);
  const read = await readInput(issue.repository, github, knowledgeBase, given, io);
  if (read === null) return 2;
  const { labels, problems } = read;
  const config: Config = given ?? { ...read.config, mode: 'advise' };
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  const facts = trainLabels([], { labels });
  const input = triageInput(
    { ...read, config },
    {
      suggest: (report) => suggestLabels(report, facts, config.labels.at),
      now: issue.createdAt,
      github: threads ? github : null,
    },
  );
  const { findings, plan } = await triage(issue, input);
  const shown = view(issue, findings, plan, plannedComment(plan, 'signpost'));
  io.stdout(options.json === true ? `${JSON.stringify(shown, null, 2)}\n` : print(shown, 'would do'));
  return problems.length > 0 ? 1 : 0;
}

type Ground = Pick<RepositorySettings, 'config' | 'knowledge' | 'labels' | 'problems' | 'templates'>;

/** What stands around the issue: read from its repository, or for a file the shipped pages, with their labels as if it had them. */
async function readInput(
  repository: string,
  github: GitHub | null,
  knowledgeBase: KnowledgeBase,
  config: Config = defaultConfig,
  io: Io,
): Promise<Ground | null> {
  if (github === null) {
    const knowledge = knowledgeBase.knowledge(config.packs, repository, []);
    const labels = [
      config.labels.regression,
      ...[...knowledge.signatures.values()].flatMap(({ id, labels: own }) => [
        ...own,
        config.labels.signature.replaceAll('{id}', id),
      ]),
    ];
    return { config, knowledge, labels, problems: knowledge.problems, templates: [] };
  }
  try {
    const nothingKept = { get: async () => null, put: async () => {} };
    return await createSettingsCache(nothingKept, knowledgeBase).refresh(repository, github);
  } catch (error) {
    io.stderr(`signpost: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

async function readSettings(path: string, io: Io): Promise<Config | null> {
  const text = await readText(path, `a settings file like ${configPath}`, io);
  if (text === null) return null;
  const { config, problems } = readConfig(path, text);
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  return problems.length > 0 ? null : config;
}

interface Found {
  readonly issue: Issue;
  /** Null for a file. */
  readonly github: GitHub | null;
  /** Whether it may be asked for threads: GraphQL takes no anonymous calls. */
  readonly threads: boolean;
}

async function fromFile(path: string, io: Io): Promise<Found | null> {
  const text = await readText(path, 'a GitHub issue as JSON, with title and body', io);
  if (text === null) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    io.stderr(
      `signpost: ${path}: not JSON: ${error instanceof Error ? error.message.slice(0, 100) : ''} (expected a GitHub issue with title and body)\n`,
    );
    return null;
  }
  const result = issueShape.safeParse(raw);
  if (!result.success) {
    const [first] = result.error.issues;
    io.stderr(
      `signpost: ${path}: ${first?.path.join('.') || 'the document'}: ${first?.message} (expected a GitHub issue as REST returns it; title and body suffice)\n`,
    );
    return null;
  }
  return { issue: result.data(home, systemClock.now()), github: null, threads: false };
}

async function fromGitHub(target: string, io: Io): Promise<Found | null> {
  const [repository = '', number = ''] = target.split('#');
  const url = process.env.GITHUB_API_URL ?? 'https://api.github.com';
  const token = process.env.GITHUB_TOKEN;
  // Loaded when it is needed: a file on disk asks no GitHub.
  const { connectAsPerson } = await import('../../adapters/github/person.ts');
  const github = connectAsPerson(token, url, systemClock);
  try {
    const issue = await github.issue(repository, Number(number));
    if (issue !== null) return { issue, github, threads: token !== undefined };
    io.stderr(
      `signpost: ${target} is not there or not readable (expected an issue; set GITHUB_TOKEN for a private repository)\n`,
    );
  } catch (error) {
    io.stderr(`signpost: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return null;
}
