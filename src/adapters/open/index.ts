export { migrateStore } from './migrate-store.ts';
export type { Opened } from './open.ts';
export { openPostgres } from './open-postgres.ts';
export { openSqlite } from './open-sqlite.ts';
