import type { Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { schemaVersion } from '../sql/migrate.ts';
import { erasing } from './erase.ts';
import { inbox } from './inbox.ts';
import { issueStates } from './issue-states.ts';
import { ledger } from './ledger.ts';
import { repositories } from './repositories.ts';
import { state } from './state.ts';

/**
 * The one store; what differs between SQLite and PostgreSQL is in the database and the jobs it is given.
 * @param onError hears of rows that cannot be read and are left out
 */
export function openStore(database: Database, jobs: JobStore, onError: (error: unknown) => void): Store {
  return {
    ...inbox(database, jobs),
    ...repositories(database),
    ...issueStates(database, onError),
    ...ledger(database),
    ...state(database),
    ...erasing(database, jobs),
    schemaVersion: () => schemaVersion(database.db),
    async close() {
      await jobs.close();
      await database.close();
    },
  };
}
