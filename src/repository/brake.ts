import { type Brake, brakeLooksAt, brakeOf } from '../learn/index.ts';
import type { Store } from '../ports/store.ts';
import { resumedKey } from './state.ts';

/** What the people of a repository have said of the last comments there. */
export async function brakeIn(store: Pick<Store, 'commented' | 'get'>, repository: string): Promise<Brake> {
  const [commented, resumed] = await Promise.all([
    store.commented(repository, brakeLooksAt),
    store.get(resumedKey(repository)),
  ]);
  return brakeOf(commented, typeof resumed === 'number' ? resumed : 0);
}
