/** The thread of door.ts. */
import { systemClock } from '../adapters/clock.ts';
import { serveDoor } from './door-serve.ts';

await serveDoor(systemClock);
