import { readFileSync } from 'node:fs';
import { getPrivateKey } from '@probot/get-private-key';
import { z } from 'zod';

/** The settings of a process, from its environment. */
export interface Environment {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** GitHub's REST root; default `https://api.github.com`. */
  readonly githubUrl: string;
  /** `postgres://…`, or the path of the SQLite file; default `signpost.sqlite`. */
  readonly store: string;
  /** Default 127.0.0.1: a reverse proxy stands in front. */
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** Where readers find the shipped pages, with `{pack}` and `{id}` in it; null: where each pack says. */
  readonly pagesUrl: string | null;
  /** Tells this process from the others on PostgreSQL; null: a new name each start. */
  readonly worker: string | null;
}

/** Something missing or wrong in the environment, with its fix, on one line. */
export interface EnvironmentProblem {
  readonly variable: string;
  readonly message: string;
}

const variables = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'];
const noKey = 'holds no whole PEM private key; it begins with -----BEGIN and ends with an -----END line';
const schema = z.object({
  APP_ID: z.coerce
    .number({ error: 'is not a number; take the App ID from the App\u2019s settings page' })
    .int()
    .min(1),
  WEBHOOK_SECRET: z
    .string()
    .min(16, 'is shorter than 16 characters; set a long random one here and in the App\u2019s settings'),
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/, error: 'is not a URL; leave it out, or give the REST root of your server' })
    .default('https://api.github.com'),
  DATABASE_URL: z.string().min(1).default('signpost.sqlite'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'is not a port number' }).int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'is not one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  PAGES_URL: z
    .string()
    .regex(
      /^https?:\/\/\S*\{id\}\S*$/,
      'is no address with {id} in it; such as https://github.com/you/signpost/blob/main/signatures/{pack}/{id}.md',
    )
    .nullable()
    .default(null),
  WORKER_NAME: z.string().max(60).nullable().default(null),
});

/**
 * Adds what `.env` of the working directory says, if it is there, to the environment; what is set already
 * wins.
 */
export function loadDotEnv(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Says whether nothing of the App is configured: a first start. */
export function isUnconfigured(env: NodeJS.ProcessEnv): boolean {
  return variables.every((name) => (env[name] ?? '') === '');
}

/** Reads and checks the settings of the App; all that is wrong at once. */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
): { readonly environment: Environment } | { readonly problems: readonly EnvironmentProblem[] } {
  // An empty variable is one that was not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const problems: EnvironmentProblem[] = [];
  const privateKey = readKey(set, problems);
  const result = schema.safeParse(set);
  for (const issue of result.error?.issues ?? []) {
    const variable = String(issue.path[0]);
    const message =
      set[variable] === undefined
        ? 'is not set; the README\u2019s five steps say where it comes from'
        : issue.message;
    problems.push({ variable, message });
  }
  if (!result.success || problems.length > 0) return { problems };
  const {
    APP_ID,
    WEBHOOK_SECRET,
    GITHUB_API_URL,
    DATABASE_URL,
    HOST,
    PORT,
    LOG_LEVEL,
    PAGES_URL,
    WORKER_NAME,
  } = result.data;
  return {
    environment: {
      appId: APP_ID,
      privateKey,
      webhookSecret: WEBHOOK_SECRET,
      githubUrl: GITHUB_API_URL.replace(/\/+$/, ''),
      store: DATABASE_URL,
      host: HOST,
      port: PORT,
      logLevel: LOG_LEVEL,
      pagesUrl: PAGES_URL,
      worker: WORKER_NAME,
    },
  };
}

/**
 * Reads the PEM of `PRIVATE_KEY` (line breaks real or written out, or base64), else of the file at
 * `PRIVATE_KEY_PATH`. The library is always given a text: without one it would take any `.pem` file of the
 * working directory.
 */
function readKey(env: NodeJS.ProcessEnv, problems: EnvironmentProblem[]): string {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = env;
  const variable = inline === undefined && path !== undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  const complain = (message: string): string => {
    problems.push({ variable, message });
    return '';
  };
  const text = inline ?? (path === undefined ? undefined : readText(path));
  if (text === undefined)
    return complain('is not set; generate a private key on the App\u2019s settings page');
  if (text === null)
    return complain('names a file that cannot be read; give the path of the .pem file of the App');
  // Tools wrap base64 into lines, which the library would not know for base64.
  const key = text.includes('-----BEGIN') ? text : text.replaceAll(/\s/g, '');
  try {
    return (key && getPrivateKey({ env: { PRIVATE_KEY: key } })) || complain(noKey);
  } catch {
    return complain(noKey);
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
