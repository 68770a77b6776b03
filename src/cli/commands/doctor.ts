import { systemClock } from '../../adapters/clock.ts';
import { connectAsApp } from '../../adapters/github/connect-app.ts';
import { openStore } from '../../adapters/open/open-store.ts';
import { readShippedPacks } from '../../adapters/packs/read-packs.ts';
import { loadDotEnv, readEnvironment } from '../../process/environment.ts';
import { createLog } from '../../process/log.ts';
import { createKnowledgeBase, type Knowledge } from '../../repository/knowledge-base.ts';
import type { Io } from '../io.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do; empty when all is well. */
  readonly fix: string;
}

/** Says what is configured, what is missing, and whether GitHub answers, with the fix for each. */
export async function run(
  _args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  loadDotEnv();
  const knowledgeBase = createKnowledgeBase(await readShippedPacks(), process.env.PAGES_URL);
  const knowledge = knowledgeBase.knowledge(['claude-code'], '', []);
  const checks = [runtime(), pages(knowledge), await pageLink(knowledge), ...(await configured())];
  const failed = checks.filter(({ ok }) => !ok).length;
  if (options.json === true) io.stdout(`${JSON.stringify({ checks, failed }, null, 2)}\n`);
  else {
    for (const { name, ok, found, fix } of checks)
      io.stdout(`${ok ? '✔' : '✘'} ${name}: ${found}${ok ? '' : `\n  → ${fix}`}\n`);
  }
  return failed > 0 ? 1 : 0;
}

function runtime(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 12);
  return {
    name: 'Node.js',
    ok,
    found: process.versions.node,
    fix: 'run it through npm (npm ci brings Node 24 along), or install Node 22.12 or later',
  };
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

async function configured(): Promise<Check[]> {
  const read = readEnvironment(process.env);
  if ('complaints' in read) {
    return read.complaints.map(({ variable, message }) => {
      const [found = '', ...fix] = message.split('; ');
      return { name: variable, ok: false, found, fix: fix.join('; ') || 'see the README' };
    });
  }
  const { environment } = read;
  const log = createLog('silent');
  const { app } = connectAsApp(environment, systemClock, log);
  return [
    {
      name: 'Settings',
      ok: true,
      found: `App ${environment.appId}, store ${environment.store.replace(/\/\/[^@]*@/, '//…@')}`,
      fix: '',
    },
    await check(
      'GitHub',
      'look at APP_ID and the private key, and whether this machine reaches GitHub',
      async () => {
        const { slug } = await app.identity();
        return `answers, and knows the App as ${slug}`;
      },
    ),
    await check(
      'Installations',
      'install the App on a repository: its settings page, "Install App"',
      async () => {
        const installations = await app.installations();
        if (installations.length === 0) throw new Error('the App is installed nowhere');
        const names = (
          await Promise.all(
            installations.filter(({ suspended }) => !suspended).map(({ id }) => app.repositories(id)),
          )
        ).flat();
        return `${installations.length}, with ${names.length} repositories: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
      },
    ),
    await check(
      'Store',
      'start the server once: it makes and migrates the store; stop it if it is of another version',
      async () => {
        const { store } = await openStore(environment.store, systemClock, 'tool');
        const version = await store.schemaVersion();
        await store.close();
        return `schema version ${version}`;
      },
    ),
  ];
}

async function check(name: string, fix: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await look(), fix: '' };
  } catch (error) {
    return { name, ok: false, found: error instanceof Error ? error.message : String(error), fix };
  }
}
