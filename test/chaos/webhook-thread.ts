/** The thread of the App that takes deliveries in, on the clock of the chaos run. */
import { getEnvironmentData } from 'node:worker_threads';
import { composeWebhookThread } from '../../src/server/webhook/compose-thread.ts';
import { createSharedClock, type SharedTime } from './shared-time.ts';

await composeWebhookThread(createSharedClock(getEnvironmentData('time') as SharedTime));
