import { z } from 'zod';
import type { AppPort, DeliveryAttempt } from '../../ports/app.ts';
import { type Client, call, callOrNull, ownerRepo, paginate, parseResponse } from './call.ts';

const identityShape = z.object({ slug: z.string(), name: z.string() });
const installationShape = z.object({
  id: z.number(),
  created_at: z.string(),
  suspended_at: z.string().nullish(),
});
const repositoriesShape = z
  .object({ repositories: z.array(z.object({ full_name: z.string() })) })
  .transform(({ repositories }) => repositories.map(({ full_name }) => full_name));

const attemptsShape = z.array(
  z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), status_code: z.number() }),
);

/**
 * What the App asks of GitHub in its own name, and with an installation's token the listing that only that
 * one gives.
 */
export function createAppPort(client: Client, asInstallation: (id: number) => Promise<Client>): AppPort {
  return {
    async identity() {
      return parseResponse(identityShape, (await call(client, 'GET /app')).data, 'GET /app');
    },
    async installation(repository) {
      const route = 'GET /repos/{owner}/{repo}/installation';
      const response = await callOrNull(client, route, ownerRepo(repository));
      return response === null
        ? null
        : installationOf(parseResponse(installationShape, response.data, route));
    },
    async installations() {
      const route = 'GET /app/installations';
      return (await paginate(client, route, {}, z.array(installationShape))).map(installationOf);
    },
    async repositories(installation) {
      const route = 'GET /installation/repositories';
      return paginate(await asInstallation(installation), route, {}, repositoriesShape);
    },
    async attempts(since) {
      const route = 'GET /app/hook/deliveries';
      const found: DeliveryAttempt[] = [];
      for (let cursor: string | null | undefined; ; ) {
        const { data, headers } = await call(client, route, { per_page: 100, ...(cursor && { cursor }) });
        const page = parseResponse(attemptsShape, data, route);
        const wanted = page.filter(({ delivered_at }) => Date.parse(delivered_at) >= since);
        for (const { guid, id, status_code } of wanted)
          found.push({ id, guid, ok: status_code >= 200 && status_code < 400 });
        cursor = nextCursor(String(headers.link ?? ''));
        if (cursor === null || wanted.length < page.length) return found;
      }
    },
    async redeliver(attempt) {
      await call(client, 'POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: attempt });
    },
  };
}

function installationOf(raw: z.output<typeof installationShape>): {
  id: number;
  createdAt: number;
  suspended: boolean;
} {
  return { id: raw.id, createdAt: Date.parse(raw.created_at), suspended: raw.suspended_at != null };
}

/** Deliveries are not numbered by page: the link to the next one carries its cursor. */
function nextCursor(link: string): string | null {
  const next = /<([^>]+)>; rel="next"/.exec(link)?.[1];
  return next === undefined ? null : new URL(next).searchParams.get('cursor');
}
