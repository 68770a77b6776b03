/** The thread of the App that takes deliveries in, on the clock of the chaos run. */
import { getEnvironmentData } from 'node:worker_threads';
import { serveWebhooksInThread } from '../../src/server/webhook/serve-in-thread.ts';
import { createSharedClock, type SharedTime } from './shared-time.ts';

await serveWebhooksInThread(createSharedClock(getEnvironmentData('time') as SharedTime));
