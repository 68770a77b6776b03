import { createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { post } from './post.ts';
import { presentAccount } from './present/account.ts';
import { presentRepository, simpleInstallation } from './present/repository.ts';
import type { Happening, World } from './world.ts';
import { installationOf } from './world.ts';

/** Shares (0 to 1) of deliveries that go wrong, drawn one after the other with the double's seed. */
export interface Disturbance {
  /** Tried and failed: listed as failed, can be redelivered. */
  readonly lost?: number;
  /** Never made: in no list. */
  readonly dropped?: number;
  /** Sent twice with one GUID. */
  readonly doubled?: number;
  /** Sent up to `delay` ms of the clock later (default a minute). */
  readonly delayed?: number;
  readonly delay?: number;
  /** Sent after the delivery that follows it. */
  readonly reordered?: number;
}

/** One attempt to deliver a webhook, as `GET /app/hook/deliveries` lists it. */
export interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly redelivery: boolean;
  /** Epoch milliseconds of the double's clock. */
  readonly at: number;
  /** `OK`, or what went wrong. */
  status: string;
  /** 0 while it is on its way. */
  statusCode: number;
  /** Seconds. */
  duration: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: () => string;
}

export interface Deliveries {
  /** Newest first; what is older than three days is forgotten. */
  list(): readonly Attempt[];
  one(id: number): Attempt | undefined;
  emit(happening: Happening): void;
  redeliver(attempt: Attempt): void;
  disturb(disturbance: Disturbance): void;
  /** Where webhooks go; null for nowhere. */
  url: string | null;
  /** When every delivery, delayed and held back ones included, was answered. */
  settled(): Promise<void>;
  close(): void;
}

interface Options {
  readonly world: World;
  readonly secret: string;
  readonly random: () => number;
  guid(): string;
  /** Milliseconds (of the wall) to wait for an answer; GitHub waits ten seconds. */
  readonly patience: number;
  check(event: string, action: string | null, payload: unknown): void;
}

const keptFor = 3 * 24 * 3_600_000;

export function createDeliveries(options: Options): Deliveries {
  const { world, secret, random, patience } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const log = new Map<number, Attempt>();
  const underWay = new Set<Promise<void>>();
  let held: (() => void)[] = [];
  let disturbance: Disturbance = {};

  const forgetOld = (): void => {
    const oldest = world.clock.now() - keptFor;
    for (const [id, { at }] of log) {
      if (at >= oldest) break;
      log.delete(id);
    }
  };

  const attempt = (of: Omit<Attempt, 'id' | 'at' | 'status' | 'statusCode' | 'duration'>): Attempt => {
    const made: Attempt = {
      ...of,
      id: world.nextId(),
      at: world.clock.now(),
      status: '',
      statusCode: 0,
      duration: 0,
    };
    log.set(made.id, made);
    forgetOld();
    return made;
  };

  const background = (work: Promise<void>): void => {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const fail = (what: Attempt): void => {
    what.status = 'failed to connect to host';
    what.statusCode = 502;
  };

  const go = (what: Attempt): void => {
    if (deliveries.url === null) fail(what);
    else background(post(agent, deliveries.url, what, patience));
  };

  const dispatch = (what: Attempt): void => {
    const { lost = 0, doubled = 0, delayed = 0, delay = 60_000, reordered = 0 } = disturbance;
    if (random() < lost) {
      fail(what);
      return;
    }
    const times = random() < doubled ? 2 : 1;
    const sendAll = (): void => {
      for (let n = 0; n < times; n++) go(what);
    };
    if (random() < reordered) {
      held.push(sendAll);
      return;
    }
    if (random() < delayed) background(world.clock.sleep(Math.ceil(random() * delay)).then(sendAll));
    else sendAll();
    release();
  };

  const release = (): void => {
    const due = held;
    held = [];
    for (const sendHeld of due) sendHeld();
  };

  const deliveries: Deliveries = {
    url: null,
    list() {
      forgetOld();
      return [...log.values()].reverse();
    },
    one(id) {
      forgetOld();
      return log.get(id);
    },
    emit(happening) {
      const { event, action, repository, sender, payload } = happening;
      if (deliveries.url === null) return;
      const installation = happening.installation ?? (repository && installationOf(world, repository));
      if (!installation || (installation.suspendedAt !== null && event !== 'installation')) return;
      if (!event.startsWith('installation') && !world.app.events.includes(event)) return;
      const whole = {
        ...(action !== null && { action }),
        ...payload,
        ...(repository && { repository: presentRepository(world.at, repository) }),
        sender: presentAccount(world.at, sender),
        ...(!('installation' in payload) && { installation: simpleInstallation(installation) }),
      };
      options.check(event, action, whole);
      if (random() < (disturbance.dropped ?? 0)) return;
      const body = JSON.stringify(whole);
      const packed = deflateRawSync(body, { level: 1 });
      const guid = options.guid();
      dispatch(
        attempt({
          guid,
          event,
          action,
          installation: installation.id,
          repository: repository?.id ?? null,
          redelivery: false,
          headers: headersFor(world, event, guid, secret, body),
          payload: () => inflateRawSync(packed).toString(),
        }),
      );
    },
    redeliver(known) {
      const { guid, event, action, installation, repository, headers } = known;
      const { payload } = known;
      go(attempt({ guid, event, action, installation, repository, headers, payload, redelivery: true }));
    },
    disturb(next) {
      disturbance = next;
    },
    async settled() {
      release();
      while (underWay.size > 0) {
        await Promise.all(underWay);
        release();
      }
    },
    close() {
      deliveries.url = null;
      agent.destroy();
    },
  };
  return deliveries;
}

function headersFor(
  world: World,
  event: string,
  guid: string,
  secret: string,
  body: string,
): Record<string, string> {
  const sign = (hash: string): string => `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': '292430182',
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': sign('sha1'),
    'x-hub-signature-256': sign('sha256'),
  };
}
