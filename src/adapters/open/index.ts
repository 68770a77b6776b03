export { migrateStore } from './migrate-store.ts';
export { openPostgres } from './open-postgres.ts';
export { openSqlite } from './open-sqlite.ts';
export { openOrCreateStores, openStores } from './open-stores.ts';
export { isFile } from './store-url.ts';
export type { Stores } from './stores.ts';
