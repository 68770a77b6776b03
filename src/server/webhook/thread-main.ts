/** The thread of door.ts. */
import { systemClock } from '../../adapters/clock.ts';
import { serveWebhooksInThread } from './serve-in-thread.ts';

await serveWebhooksInThread(systemClock);
