import { generateKeyPair } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { systemClock } from '../../src/adapters/clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type Administration, createAdministration } from './administration.ts';
import { createContract } from './contract.ts';
import type { Mention } from './deeds/text.ts';
import type { Fault } from './faults.ts';
import { createFaults } from './faults.ts';
import { graphqlRoute } from './graphql/execute.ts';
import { createLimits } from './limits.ts';
import { createPeople, type People } from './people.ts';
import { guid, seeded } from './random.ts';
import { type CallRecord, count } from './records.ts';
import { routes } from './routes/index.ts';
import { createHttpServer } from './server.ts';
import type { App } from './state.ts';
import { createTokens } from './tokens.ts';
import { type Attempt, createDeliveries, type Disturbance } from './webhooks.ts';
import type { World } from './world.ts';

export interface DoubleOptions {
  /** Default: the wall clock. */
  readonly clock?: Clock;
  /** Of everything that is drawn by chance: fault rates, disturbed deliveries. Default 1. */
  readonly seed?: number;
  readonly webhookSecret?: string;
  /** Of the App; each with the level that it was granted. */
  readonly permissions?: Readonly<Record<string, string>>;
  readonly events?: readonly string[];
  readonly slug?: string;
  /** Calls an hour of an installation. Default 5,000. */
  readonly primaryLimit?: number;
  /**
   * What tokens live by; default: the wall clock, whatever `clock` is, because clients keep tokens by the
   * machine's time.
   */
  readonly tokenClock?: Clock;
  /** Whether answers, requests and webhooks are held against GitHub's description. Default `all`. */
  readonly validate?: 'all' | 'off';
  /** Real milliseconds that a delivery waits for its answer. Default 10,000. */
  readonly patience?: number;
}

/** A GitHub in a box: a server on the loopback interface, what it remembers, and people who act on it. */
export interface Double extends Administration, People {
  /** Of the REST API; GraphQL is at `/graphql` below it. */
  readonly url: string;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly clientId: string;
    /** `<slug>[bot]` */
    readonly bot: string;
    /** PEM. */
    readonly privateKey: string;
    readonly webhookSecret: string;
  };
  /** Every request, in order of arrival at the route. */
  readonly calls: readonly CallRecord[];
  /** How often each route was called. */
  count(): Record<string, number>;
  /** Forgets the calls and mentions so far. */
  resetCalls(): void;
  /** What was not as GitHub describes it; empty when all is well. */
  readonly deviations: readonly string[];
  /** Whom texts notified by `@name`, in order. */
  readonly mentions: readonly Mention[];
  /** Attempts to deliver, newest first. */
  deliveries(): readonly Attempt[];
  /** Where webhooks are sent from now on; null for nowhere. */
  sendWebhooksTo(url: string | null): void;
  disturbDeliveries(disturbance: Disturbance): void;
  /** When every delivery so far was answered. */
  settled(): Promise<void>;
  /** Makes requests go wrong; what it returns takes the fault away. */
  fault(fault: Fault): () => void;
  clearFaults(): void;
  /** What GitHub hands a browser when somebody has made an App from a manifest. */
  manifestCode(): string;
  /** A person's own token. */
  tokenOf(login: string): string;
  /** Ends the server; what it remembers can still be read. */
  close(): Promise<void>;
}

const leastPermissions = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'read',
};
const subscribed = ['issues', 'issue_comment', 'label', 'pull_request', 'push', 'repository'];

/** One App's key serves all doubles of a process: making it takes longer than all the rest. */
let keys: Promise<{ readonly privateKey: string }> | undefined;

/** Starts a GitHub on 127.0.0.1 with nothing in it but the App. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const {
    clock = systemClock,
    seed = 1,
    slug = 'signpost',
    webhookSecret = 'a secret of the double',
  } = options;
  const random = seeded(seed);
  const guids = seeded(~seed);
  const contractReady = createContract(options.validate ?? 'all');
  keys ??= promisify(generateKeyPair)('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const { privateKey } = await keys;
  let id = 1_000_000;
  const at = { api: '', web: 'https://github.com' };
  const accounts: World['accounts'] = new Map();
  const nextId = (): number => {
    id += 3;
    return id;
  };
  const app: App = {
    id: 4_711,
    slug,
    name: slug,
    clientId: 'Iv23liDouble0000test',
    owner: { id: nextId(), login: 'signpost-owner', type: 'User' },
    bot: { id: nextId(), login: `${slug}[bot]`, type: 'Bot' },
    permissions: options.permissions ?? leastPermissions,
    events: options.events ?? subscribed,
    createdAt: clock.now(),
  };
  for (const known of [app.owner, app.bot]) accounts.set(known.login.toLowerCase(), known);
  const world: World = {
    clock,
    at,
    app,
    accounts,
    repositories: new Map(),
    installations: new Map(),
    issues: new Map(),
    comments: new Map(),
    mentions: [],
    nextId,
    emit: (happening) => deliveries.emit(happening),
  };
  const contract = await contractReady;
  const deliveries = createDeliveries({
    world,
    secret: webhookSecret,
    random,
    guid: () => guid(guids),
    patience: options.patience ?? 10_000,
    check: contract.checkWebhook,
  });
  const tokens = createTokens(world, privateKey, options.tokenClock ?? systemClock);
  const limits = createLimits(clock, options.primaryLimit);
  const faults = createFaults(random);
  const calls: CallRecord[] = [];
  const manifestCodes = new Set<string>();
  const secrets = { privateKey, webhook: webhookSecret };
  const room = { world, deliveries, tokens, limits, secrets, manifestCodes };
  const server = createHttpServer({
    room,
    routes: [...routes, graphqlRoute(contract)],
    faults,
    contract,
    record: (call) => calls.push(call),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  at.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...createAdministration(world),
    ...createPeople(world),
    url: at.api,
    app: { id: app.id, slug, clientId: app.clientId, bot: app.bot.login, privateKey, webhookSecret },
    calls,
    count: () => count(calls),
    resetCalls() {
      calls.length = 0;
      world.mentions.length = 0;
    },
    deviations: contract.deviations,
    mentions: world.mentions,
    deliveries: () => deliveries.list(),
    sendWebhooksTo(url) {
      deliveries.url = url;
    },
    disturbDeliveries: (disturbance) => deliveries.disturb(disturbance),
    settled: () => deliveries.settled(),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    manifestCode() {
      const code = `code${nextId()}`;
      manifestCodes.add(code);
      return code;
    },
    tokenOf: (login) => tokens.ofPerson(login),
    async close() {
      deliveries.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
