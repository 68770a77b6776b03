import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { PublishedMetrics } from '../../process/metrics.ts';
import { type MaintainersPagePorts, serveMaintainersPage } from './maintainers-page.ts';
import { type HttpHandler, type HttpResponse, text } from './message.ts';

export interface RoutePorts {
  readonly maintainersPage: MaintainersPagePorts;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly metrics: PublishedMetrics;
}

/** What a process shows of itself, by path. The page at `/` is for its own machine only. */
export function createRoutes(ports: RoutePorts): HttpHandler {
  const routes = new Map<string, HttpHandler>([
    ['/', (request) => serveMaintainersPage(request, ports.maintainersPage)],
    ['/healthz', () => serveHealth(ports)],
    ['/metrics', () => serveMetrics(ports)],
  ]);
  return async (request) =>
    (await routes.get(request.path)?.(request)) ??
    text(404, 'nothing here; webhooks go to /api/github/webhooks');
}

async function serveHealth({ clock, queue }: RoutePorts): Promise<HttpResponse> {
  const { oldest, waiting, dead } = await queue.depth();
  const oldestSeconds = oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1000;
  return text(200, JSON.stringify({ status: 'ok', waiting, dead, oldestSeconds }), 'application/json');
}

async function serveMetrics({ clock, metrics, queue }: RoutePorts): Promise<HttpResponse> {
  metrics.queue(await queue.depth(), clock.now());
  return text(200, await metrics.registry.metrics(), metrics.registry.contentType);
}
