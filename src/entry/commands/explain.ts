import { systemClock } from '../../adapters/clock.ts';
import { issueShape } from '../../adapters/github/shapes.ts';
import { configPath, defaultConfig, readConfig } from '../../config/index.ts';
import type { Config } from '../../model/config.ts';
import type { Issue } from '../../model/issue.ts';
import { printProblem } from '../../model/problem.ts';
import type { GitHub } from '../../ports/github.ts';
import { triage } from '../../triage.ts';
import { type Io, readText } from '../io.ts';
import { createLibrary } from '../library.ts';
import { plannedComment, print, view } from '../present.ts';

/** Numbers of the shipped pages mean this repository; a file that names none is read as an issue of it. */
const home = 'anthropics/claude-code';

/**
 * Prints what Signpost would find and do for one issue, as if `mode: advise` were set and it had just been opened.
 * Writes nothing. A file is an issue as REST returns it; title and body suffice. No repository of a file is asked.
 */
export async function run(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  const [target = '-'] = args;
  const config = await readSettings(options.config, io);
  if (config === null) return 2;
  const found = /^[\w.-]+\/[\w.-]+#\d+$/.test(target)
    ? await fromGitHub(target, io)
    : await fromFile(target, io);
  if (found === null) return 2;
  const { issue, github } = found;
  const library = await createLibrary();
  const { problems, ...knowledge } = library.knowledge(config.packs, issue.repository, []);
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  const { findings, plan } = await triage(issue, {
    ...knowledge,
    config,
    earlier: () => [],
    suggest: () => [],
    replies: '',
    templates: [],
    repositoryLabels: [...knowledge.signatures.values()].flatMap(({ id, labels }) => [
      ...labels,
      config.labels.signature.replaceAll('{id}', id),
    ]),
    memory: null,
    installedAt: null,
    paused: false,
    asked: false,
    now: issue.createdAt,
    github,
    surroundings: async () => ({ answered: false, recentComments: 0 }),
  });
  const shown = view(issue, findings, plan, plannedComment(plan, 'signpost'));
  io.stdout(options.json === true ? `${JSON.stringify(shown, null, 2)}\n` : print(shown, 'would do'));
  return problems.length > 0 ? 1 : 0;
}

/** Without `--config`, what `advise` with all defaults would do. */
async function readSettings(path: unknown, io: Io): Promise<Config | null> {
  if (typeof path !== 'string') return { ...defaultConfig, mode: 'advise' };
  const text = await readText(path, `a settings file like ${configPath}`, io);
  if (text === null) return null;
  const { config, problems } = readConfig(path, text);
  for (const problem of problems) io.stderr(`${printProblem(problem)}\n`);
  return problems.length > 0 ? null : config;
}

interface Found {
  readonly issue: Issue;
  readonly github: GitHub | null;
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
  return { issue: result.data(home, systemClock.now()), github: null };
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
    // GraphQL takes no anonymous calls: without a token the threads stay unread.
    if (issue !== null) return { issue, github: token === undefined ? null : github };
    io.stderr(
      `signpost: ${target} is not there or not readable (expected an issue; set GITHUB_TOKEN for a private repository)\n`,
    );
  } catch (error) {
    io.stderr(`signpost: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return null;
}
