import { type Environment, loadDotEnv, readEnvironment } from '../../process/environment.ts';
import type { Knowledge } from '../../repository/knowledge-base.ts';
import { command } from '../command.ts';
import { connectApp, loadKnowledgeBase, withStores } from '../open.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do; empty when all is well. */
  readonly fix: string;
}

/** Says what is configured, what is missing, and whether GitHub answers, with the fix for each. */
export const run = command(async (_args, options, io) => {
  loadDotEnv();
  const knowledgeBase = await loadKnowledgeBase(process.env.PAGES_URL);
  const knowledge = knowledgeBase.knowledge(['claude-code'], '', []);
  const checks = [runtime(), pages(knowledge), await pageLink(knowledge), ...(await configured())];
  const failed = checks.filter(({ ok }) => !ok).length;
  if (options.json === true) io.stdout(`${JSON.stringify({ checks, failed }, null, 2)}\n`);
  else {
    for (const { name, ok, found, fix } of checks)
      io.stdout(`${ok ? '✔' : '✘'} ${name}: ${found}${ok ? '' : `\n  → ${fix}`}\n`);
  }
  return failed > 0 ? 1 : 0;
});

/** Any other Node than those of `engines` was refused before this: node-version.cjs. */
function runtime(): Check {
  return { name: 'Node.js', ok: true, found: process.versions.node, fix: '' };
}

function pages({ problems, signatures }: Knowledge): Check {
  return {
    name: 'Shipped pages',
    ok: problems.length === 0 && signatures.size > 0,
    found: `${signatures.size} signatures, ${problems.length} problems`,
    fix: 'run: npm run -s signpost -- lint signatures',
  };
}

/** Comments link the shipped pages: a link that leads nowhere is worse than none. */
async function pageLink({ signatures }: Knowledge): Promise<Check> {
  const [first] = signatures.values();
  const url = first?.pack.url?.replaceAll('{id}', first.id) ?? '';
  const fix =
    'set PAGES_URL to where you publish signatures/, such as https://github.com/you/signpost/blob/main/signatures/{pack}/{id}.md';
  return check('Links to pages', fix, async () => {
    const { status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) }).catch(() => {
      throw new Error(`${new URL(url).host} cannot be reached`);
    });
    if (status >= 400) throw new Error(`${url} answers ${status}`);
    return 'the first one answers';
  });
}

async function configured(): Promise<readonly Check[]> {
  const read = readEnvironment(process.env);
  if ('problems' in read) {
    return read.problems.map(({ variable, message }) => {
      const [found = '', ...fix] = message.split('; ');
      return { name: variable, ok: false, found, fix: fix.join('; ') || 'see the README' };
    });
  }
  const { environment } = read;
  return [settings(environment), ...(await gitHub(environment)), await store(environment)];
}

function settings(environment: Environment): Check {
  const withoutPassword = environment.store.replace(/\/\/[^@]*@/, '//…@');
  return {
    name: 'Settings',
    ok: true,
    found: `App ${environment.appId}, store ${withoutPassword}`,
    fix: '',
  };
}

async function gitHub(environment: Environment): Promise<readonly Check[]> {
  const { app } = await connectApp(environment);
  const identity = await check(
    'GitHub',
    'look at APP_ID and the private key, and whether this machine reaches GitHub',
    async () => {
      const { slug } = await app.identity();
      return `answers, and knows the App as ${slug}`;
    },
  );
  const installations = await check(
    'Installations',
    'install the App on a repository: its settings page, "Install App"',
    async () => {
      const all = await app.installations();
      if (all.length === 0) throw new Error('the App is installed nowhere');
      const active = all.filter(({ suspended }) => !suspended);
      const names = (await Promise.all(active.map(({ id }) => app.repositories(id)))).flat();
      const examples = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
      return `${all.length}, with ${names.length} repositories: ${examples}`;
    },
  );
  return [identity, installations];
}

function store(environment: Environment): Promise<Check> {
  return check(
    'Store',
    'start the server once: it makes and migrates the store; stop it if it is of another version',
    async () => {
      const schema = await withStores((stores) => stores.store.schemaVersion(), { url: environment.store });
      return `schema version ${schema}`;
    },
  );
}

/** What `probe` found, or why it rejected. */
async function check(name: string, fix: string, probe: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await probe(), fix: '' };
  } catch (error) {
    return { name, ok: false, found: error instanceof Error ? error.message : String(error), fix };
  }
}
