import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { PublishedMetrics } from '../../process/metrics.ts';
import { type Answer, type Question, text } from './message.ts';
import { type LivePorts, live } from './report-page.ts';

export interface AnswerPorts {
  readonly live: LivePorts;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly metrics: PublishedMetrics;
}

/** What a process shows of itself: `/healthz`, `/metrics`, and for its own machine the maintainers' page at `/`. */
export async function answer(question: Question, ports: AnswerPorts): Promise<Answer> {
  const { clock, metrics, queue } = ports;
  if (question.path === '/') return live(question, ports.live);
  if (question.path === '/healthz') {
    const { oldest, waiting, dead } = await queue.depth();
    const oldestSeconds = oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1000;
    return text(200, JSON.stringify({ status: 'ok', waiting, dead, oldestSeconds }), 'application/json');
  }
  if (question.path === '/metrics') {
    metrics.queue(await queue.depth(), clock.now());
    return text(200, await metrics.registry.metrics(), metrics.registry.contentType);
  }
  return text(404, 'nothing here; webhooks go to /api/github/webhooks');
}
