import { z } from 'zod';
import type { AppPort, DeliveryAttempt } from '../../ports/app.ts';
import { call, callOrNull, readAs, type Wire } from './call.ts';

const identityShape = z.object({ slug: z.string(), name: z.string() });
const installationShape = z.object({
  id: z.number(),
  created_at: z.string(),
  suspended_at: z.string().nullish(),
});
const repositoriesShape = z.object({ repositories: z.array(z.object({ full_name: z.string() })) });

const attemptsShape = z.array(
  z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), status_code: z.number() }),
);

/** Calls signed by the App's own key, and the listing that an installation's token gives. */
export function createAppPort(wire: Wire, asInstallation: (id: number) => Promise<Wire>): AppPort {
  return {
    async identity() {
      return readAs(identityShape, (await call(wire, 'GET /app')).data, 'GET /app');
    },
    async installation(repository) {
      const route = 'GET /repos/{owner}/{repo}/installation';
      const [owner = '', repo = ''] = repository.split('/');
      const answer = await callOrNull(wire, route, { owner, repo });
      return answer === null ? null : shape(readAs(installationShape, answer.data, route));
    },
    async installations() {
      const route = 'GET /app/installations';
      const found: z.output<typeof installationShape>[] = [];
      for (let page = 1; ; page += 1) {
        const { data, headers } = await call(wire, route, { per_page: 100, page });
        found.push(...readAs(z.array(installationShape), data, route));
        if (!String(headers.link ?? '').includes('rel="next"')) return found.map(shape);
      }
    },
    async repositories(installation) {
      const route = 'GET /installation/repositories';
      const theirs = await asInstallation(installation);
      const names: string[] = [];
      for (let page = 1; ; page += 1) {
        const { data, headers } = await call(theirs, route, { per_page: 100, page });
        names.push(...readAs(repositoriesShape, data, route).repositories.map(({ full_name }) => full_name));
        if (!String(headers.link ?? '').includes('rel="next"')) return names;
      }
    },
    async attempts(since) {
      const route = 'GET /app/hook/deliveries';
      const found: DeliveryAttempt[] = [];
      for (let cursor: string | null | undefined; ; ) {
        const { data, headers } = await call(wire, route, { per_page: 100, ...(cursor && { cursor }) });
        const page = readAs(attemptsShape, data, route);
        const wanted = page.filter(({ delivered_at }) => Date.parse(delivered_at) >= since);
        for (const { guid, id, status_code } of wanted)
          found.push({ id, guid, ok: status_code >= 200 && status_code < 400 });
        cursor = nextCursor(String(headers.link ?? ''));
        if (cursor === null || wanted.length < page.length) return found;
      }
    },
    async redeliver(attempt) {
      await call(wire, 'POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: attempt });
    },
  };
}

function shape(raw: z.output<typeof installationShape>): {
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
