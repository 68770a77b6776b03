import { suggestLabels, trainLabels } from '../../classify/index.ts';
import { configPath, defaultConfig, readConfig } from '../../config/index.ts';
import type { Config } from '../../model/config.ts';
import type { Issue } from '../../model/issue.ts';
import { printProblem } from '../../model/problem.ts';
import type { GitHub } from '../../ports/github.ts';
import type { KnowledgeBase } from '../../repository/knowledge-base.ts';
import { createSettingsCache, type RepositorySettings } from '../../repository/settings.ts';
import { triage } from '../../triage/triage.ts';
import { type TriageInput, triageInput } from '../../triage/triage-input.ts';
import { command } from '../command.ts';
import { formatIssue, plannedComment, viewIssue } from '../format-issue.ts';
import { InputError } from '../input-error.ts';
import { type Io, readUtf8 } from '../io.ts';
import { clock, connectPerson, issueShape, loadKnowledgeBase } from '../open.ts';

/** Numbers of the shipped pages mean this repository; a file that names none is read as an issue of it. */
const home = 'anthropics/claude-code';

/**
 * Prints what Signpost would find and do for one issue, as if `mode: advise` were set and it had just been
 * opened. Writes nothing. A file is an issue as REST returns it; title and body suffice, and no GitHub is
 * asked. For owner/repo#n the repository's own settings, pages, issue forms and labels count as in the App.
 */
export const run = command(async ([target = '-'], options, io) => {
  const given = typeof options.config === 'string' ? await readSettings(options.config, io) : undefined;
  if (given === null) return 2;
  const { authenticated, github, issue } = /^[\w.-]+\/[\w.-]+#\d+$/.test(target)
    ? await fromGitHub(target)
    : await fromFile(target, io);
  const knowledgeBase = await loadKnowledgeBase(process.env.PAGES_URL);
  const settings =
    github === null
      ? shippedSettings(issue.repository, knowledgeBase, given)
      : await repositorySettings(issue.repository, knowledgeBase, github);
  for (const problem of settings.problems) io.stderr(`${printProblem(problem)}\n`);
  const config: Config = given ?? { ...settings.config, mode: 'advise' };
  const { findings, plan } = await triageAlone(issue, config, settings, authenticated ? github : null);
  const view = viewIssue(issue, findings, plan, plannedComment(plan, 'signpost'));
  io.stdout(options.json === true ? `${JSON.stringify(view, null, 2)}\n` : formatIssue(view, 'would do'));
  return settings.problems.length > 0 ? 1 : 0;
});

/** Goes the path of an issue as if it had just been opened, with no past and no people around it. */
function triageAlone(
  issue: Issue,
  config: Config,
  settings: RepositorySettings,
  github: GitHub | null,
): ReturnType<typeof triage> {
  const stated = trainLabels([], { labels: settings.labels });
  const suggest: TriageInput['suggest'] = (report) => suggestLabels(report, stated, config.labels.at);
  return triage(issue, triageInput({ ...settings, config }, { suggest, now: issue.createdAt, github }));
}

/** The shipped pages, with their labels as if the repository had them. */
function shippedSettings(
  repository: string,
  knowledgeBase: KnowledgeBase,
  config: Config = defaultConfig,
): RepositorySettings {
  const knowledge = knowledgeBase.knowledge(config.packs, repository, []);
  const labels = [...knowledge.signatures.values()].flatMap(({ id, labels: own }) => [
    ...own,
    config.labels.signature.replaceAll('{id}', id),
  ]);
  return {
    config,
    knowledge,
    labels: [config.labels.regression, ...labels],
    problems: knowledge.problems,
    templates: [],
  };
}

function repositorySettings(
  repository: string,
  knowledgeBase: KnowledgeBase,
  github: GitHub,
): Promise<RepositorySettings> {
  const nothingKept = { get: async () => null, put: async () => {} };
  return createSettingsCache(nothingKept, knowledgeBase).refresh(repository, github);
}

/** The settings of a file; null when they have problems, which are then said. */
async function readSettings(path: string, io: Io): Promise<Config | null> {
  const { config, problems } = readConfig(
    path,
    await readUtf8(path, `a settings file like ${configPath}`, io),
  );
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  return problems.length > 0 ? null : config;
}

interface FoundIssue {
  readonly issue: Issue;
  /** Null for a file. */
  readonly github: GitHub | null;
  /** Whether GitHub may be asked for threads: GraphQL takes no anonymous calls. */
  readonly authenticated: boolean;
}

async function fromFile(path: string, io: Io): Promise<FoundIssue> {
  const text = await readUtf8(path, 'a GitHub issue as JSON, with title and body', io);
  const result = issueShape.safeParse(parseJson(text, path));
  if (result.success) return { issue: result.data(home, clock.now()), github: null, authenticated: false };
  const [first] = result.error.issues;
  throw new InputError(
    `${path}: ${first?.path.join('.') || 'the document'}: ${first?.message} (expected a GitHub issue as REST returns it; title and body suffice)`,
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 100) : '';
    throw new InputError(`${path}: not JSON: ${why} (expected a GitHub issue with title and body)`);
  }
}

async function fromGitHub(target: string): Promise<FoundIssue> {
  const [repository = '', number = ''] = target.split('#');
  const { authenticated, github } = await connectPerson();
  const issue = await github.issue(repository, Number(number));
  if (issue !== null) return { issue, github, authenticated };
  throw new InputError(
    `${target} is not there or not readable (expected an issue; set GITHUB_TOKEN for a private repository)`,
  );
}
