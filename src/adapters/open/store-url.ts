/** Says whether `DATABASE_URL` names a PostgreSQL; else it is the path of a SQLite file. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** Says whether it is a SQLite file that a second connection finds as well. */
export function isFile(url: string): boolean {
  return !isPostgres(url) && url !== ':memory:';
}
