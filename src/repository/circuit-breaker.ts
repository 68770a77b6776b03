import { breakerWindow, type CircuitBreaker, circuitBreakerOf } from '../learn/index.ts';
import type { Store } from '../ports/store.ts';
import { resumedKey } from './state.ts';

/** What the people of a repository have said of the last comments there. */
export async function circuitBreakerIn(
  store: Pick<Store, 'commented' | 'get'>,
  repository: string,
): Promise<CircuitBreaker> {
  const [commented, resumed] = await Promise.all([
    store.commented(repository, breakerWindow),
    store.get(resumedKey(repository)),
  ]);
  return circuitBreakerOf(commented, typeof resumed === 'number' ? resumed : 0);
}
