import { sign } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { afterEach } from 'vitest';
import { type Double, type DoubleOptions, startDouble } from './double.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

export const repo = 'acme/widgets';
export const at = (number: number) => ({ repository: repo, number });
export const path = { owner: 'acme', repo: 'widgets' };

export interface Setting {
  readonly double: Double;
  readonly installation: number;
  /** As the App, with its own JWT. */
  readonly app: Octokit;
  /** As the App in the installation. */
  readonly bot: Octokit;
  /** As a person with their own token. */
  as(login: string): Octokit;
  /** With any token. */
  client(token: string): Octokit;
}

const running: Double[] = [];

afterEach(async () => {
  for (const double of running.splice(0)) await double.close();
});

/** A double with one repository that the App is installed on; it ends with the test. */
export async function setting(options: DoubleOptions = {}): Promise<Setting> {
  const double = await startDouble(options);
  running.push(double);
  double.addRepository(repo, { labels: ['bug'], files: { 'README.md': 'Widgets.\n' } });
  const installation = double.install(repo);
  const client = (auth: string): Octokit => new Octokit({ baseUrl: double.url, log, auth });
  const app = client(jwt(double));
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installation });
  double.resetCalls();
  return {
    double,
    installation,
    app,
    bot: client(data.token),
    client,
    as: (login) => client(double.tokenOf(login)),
  };
}

/** The App's own token; `claims` replace those that are right. */
export function jwt(
  { app }: Double,
  claims: Readonly<Record<string, unknown>> = {},
  key = app.privateKey,
): string {
  const now = Math.floor(Date.now() / 1_000);
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iat: now - 30, exp: now + 540, iss: app.id, ...claims },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/** The status that a call was refused with; 0 when it was not, -1 when no answer came. */
export async function refusal(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 0;
  } catch (error) {
    const { status, response } = error as { readonly status?: number; readonly response?: unknown };
    return response === undefined ? -1 : (status ?? -1);
  }
}
