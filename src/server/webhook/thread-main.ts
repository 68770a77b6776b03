/** The thread of webhook-thread.ts, on the machine's own time. */
import { systemClock } from '../../adapters/clock.ts';
import { composeWebhookThread } from './compose-thread.ts';

await composeWebhookThread(systemClock);
