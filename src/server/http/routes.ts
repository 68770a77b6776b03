import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { PublishedMetrics } from '../../process/metrics.ts';
import { type HttpRequest, type HttpResponse, text } from './message.ts';
import { type MaintainersPagePorts, serveMaintainersPage } from './report-page.ts';

export interface RoutePorts {
  readonly live: MaintainersPagePorts;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly metrics: PublishedMetrics;
}

/** What a process shows of itself: `/healthz`, `/metrics`, and for its own machine the maintainers' page at `/`. */
export async function route(request: HttpRequest, ports: RoutePorts): Promise<HttpResponse> {
  const { clock, metrics, queue } = ports;
  if (request.path === '/') return serveMaintainersPage(request, ports.live);
  if (request.path === '/healthz') {
    const { oldest, waiting, dead } = await queue.depth();
    const oldestSeconds = oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1000;
    return text(200, JSON.stringify({ status: 'ok', waiting, dead, oldestSeconds }), 'application/json');
  }
  if (request.path === '/metrics') {
    metrics.queue(await queue.depth(), clock.now());
    return text(200, await metrics.registry.metrics(), metrics.registry.contentType);
  }
  return text(404, 'nothing here; webhooks go to /api/github/webhooks');
}
