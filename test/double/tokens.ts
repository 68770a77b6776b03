import { createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.ts';
import type { Caller } from './http.ts';
import type { Actor, App, Installation, Repository } from './state.ts';
import type { World } from './world.ts';
import { person, Refusal } from './world.ts';

interface InstallationToken {
  readonly installation: Installation;
  readonly expiresAt: number;
  /** Null: every repository of the installation. */
  readonly repositories: ReadonlySet<Repository> | null;
  readonly permissions: Readonly<Record<string, string>>;
}

export interface Tokens {
  /** Who an `authorization` header speaks for; 401 for what is no valid token. */
  caller(authorization: string | undefined): Caller;
  /** A token of a person, as they would make in their settings. */
  ofPerson(login: string): string;
  ofInstallation(
    installation: Installation,
    repositories: ReadonlySet<Repository> | null,
    permissions: Readonly<Record<string, string>>,
  ): { readonly token: string; readonly expiresAt: number };
}

const bad = (message: string): Refusal => new Refusal(401, message);

const lifetime = 3_600_000;

/** Tokens of a GitHub. They live by a clock of their own: clients keep them by the machine's time. */
export function createTokens(world: World, privateKey: string, clock: Clock): Tokens {
  const key = createPublicKey(privateKey);
  const installations = new Map<string, InstallationToken>();
  const people = new Map<string, Actor>();
  const mint = (kind: string, subject: string): string =>
    `${kind}_${createHmac('sha256', privateKey).update(subject).digest('hex').slice(0, 36)}`;

  return {
    caller(authorization) {
      if (authorization === undefined) return { kind: 'anonymous' };
      const token = /^(?:token|bearer)\s+(\S+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw bad('Bad credentials');
      if (token.includes('.')) {
        checkJwt(world.app, key, token, clock.now() / 1_000);
        return { kind: 'app' };
      }
      const actor = people.get(token);
      if (actor) return { kind: 'person', actor };
      const known = installations.get(token);
      if (!known || known.expiresAt <= clock.now() || !world.installations.has(known.installation.id))
        throw bad('Bad credentials');
      if (known.installation.suspendedAt !== null)
        throw new Refusal(403, 'This installation has been suspended');
      const { repositories: installed } = known.installation;
      return {
        kind: 'installation',
        actor: { account: world.app.bot, app: world.app },
        installation: known.installation,
        repositories: known.repositories?.intersection(installed) ?? installed,
        permissions: known.permissions,
      };
    },
    ofPerson(login) {
      const token = mint('ghp', login.toLowerCase());
      people.set(token, person(world, login));
      return token;
    },
    ofInstallation(installation, repositories, permissions) {
      const token = mint('ghs', String(world.nextId()));
      const expiresAt = clock.now() + lifetime;
      installations.set(token, { installation, expiresAt, repositories, permissions });
      return { token, expiresAt };
    },
  };
}

function part(encoded: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The messages are GitHub's: clients that correct a skewed clock look for them. */
function checkJwt(app: App, key: KeyObject, token: string, now: number): void {
  const [head, payload, signature] = token.split('.');
  const { alg } = part(head);
  const { iss, iat, exp } = part(payload);
  const undecodable = bad('A JSON web token could not be decoded');
  if (alg !== 'RS256' || signature === undefined) throw undecodable;
  const signed = Buffer.from(`${head}.${payload}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) throw undecodable;
  if (String(iss) !== String(app.id) && iss !== app.clientId)
    throw bad("'Issuer' claim ('iss') must be an Integer");
  if (typeof exp !== 'number' || exp <= now)
    throw bad(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + 600 + 60) throw bad("'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== 'number' || iat > now + 60)
    throw bad(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
}
