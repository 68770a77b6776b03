import { breakerWindow, type CircuitBreaker, circuitBreakerOf } from '../learn/index.ts';
import type { Store } from '../ports/store.ts';
import { readState } from './state/entry.ts';
import { resumedAt } from './state/repository-state.ts';

/** What the people of a repository have said of the last comments there. */
export async function circuitBreakerIn(
  store: Pick<Store, 'commented' | 'get'>,
  repository: string,
): Promise<CircuitBreaker> {
  const [commented, resumed] = await Promise.all([
    store.commented(repository, breakerWindow),
    readState(store, resumedAt, repository),
  ]);
  return circuitBreakerOf(commented, resumed);
}
