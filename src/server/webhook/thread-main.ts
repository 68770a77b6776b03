/** The thread of door.ts. */
import { systemClock } from '../../adapters/clock.ts';
import { serveDoor } from './serve-in-thread.ts';

await serveDoor(systemClock);
