import { randomBytes } from 'node:crypto';
import type { Reply, Request, Route } from '../http.ts';
import { created, ok } from '../http.ts';
import { presentApp } from '../present/app.ts';
import type { Attempt } from '../webhooks.ts';
import { notFound, Refusal } from '../world.ts';

export const deliveryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/app/hook/deliveries',
    needs: 'app',
    query: ['per_page', 'cursor', 'status'],
    handle: list,
  },
  {
    method: 'GET',
    path: '/app/hook/deliveries/{delivery_id}',
    needs: 'app',
    handle(request) {
      const attempt = attemptOf(request);
      const sent: unknown = JSON.parse(attempt.payload());
      return ok({
        ...present(attempt),
        url: request.room.deliveries.url ?? '',
        request: { headers: attempt.headers, payload: sent },
        response: { headers: {}, payload: '' },
      });
    },
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/{delivery_id}/attempts',
    needs: 'app',
    handle(request) {
      request.room.deliveries.redeliver(attemptOf(request));
      return { status: 202, body: {} };
    },
  },
  {
    method: 'POST',
    path: '/app-manifests/{code}/conversions',
    needs: 'anyone',
    handle({ world, params, room }) {
      if (!room.manifestCodes.delete(params.code ?? '')) throw notFound();
      return created({
        ...presentApp(world.at, world.app),
        client_secret: randomBytes(20).toString('hex'),
        webhook_secret: room.secrets.webhook,
        pem: room.secrets.privateKey,
      });
    },
  },
];

function attemptOf({ room, params }: Request): Attempt {
  const found = room.deliveries.one(Number(params.delivery_id));
  if (!found) throw notFound();
  return found;
}

function present(attempt: Attempt): Record<string, unknown> {
  return {
    id: attempt.id,
    guid: attempt.guid,
    delivered_at: new Date(attempt.at).toISOString(),
    redelivery: attempt.redelivery,
    duration: attempt.duration,
    status: attempt.status,
    status_code: attempt.statusCode,
    event: attempt.event,
    action: attempt.action,
    installation_id: attempt.installation,
    repository_id: attempt.repository,
    throttled_at: null,
  };
}

/** Newest first; the cursor is the attempt that the page before ended with. */
function list({ room, world, url }: Request): Reply {
  const query = url.searchParams;
  const size = Math.min(Math.max(Number(query.get('per_page') ?? 30) || 30, 1), 100);
  const status = query.get('status');
  const cursor = query.get('cursor');
  const from = cursor === null ? Number.POSITIVE_INFINITY : Number(/^v1_(\d+)$/.exec(cursor)?.[1]);
  if (Number.isNaN(from)) throw new Refusal(422, 'Invalid cursor');
  const succeeded = ({ statusCode }: Attempt): boolean => statusCode >= 200 && statusCode < 400;
  const all = room.deliveries
    .list()
    .filter(
      (attempt) =>
        attempt.id < from &&
        attempt.statusCode > 0 &&
        (status === null || succeeded(attempt) === (status === 'success')),
    );
  const shown = all.slice(0, size);
  const last = shown.at(-1);
  if (!last || shown.length === all.length) return ok(shown.map(present));
  const next = new URLSearchParams(query);
  next.set('cursor', `v1_${last.id}`);
  return ok(shown.map(present), { link: `<${world.at.api}/app/hook/deliveries?${next}>; rel="next"` });
}
