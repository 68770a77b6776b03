import {
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryCompiler,
  SqliteDialect,
  SqliteQueryCompiler,
} from 'kysely';

/** Without NUL and lone surrogates, which PostgreSQL refuses and UTF-8 cannot carry; each becomes U+FFFD. */
export function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function cleanValue(value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}

/** JSON as it is stored; `undefined` is stored as null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner) => cleanValue(inner));
}

/** Cleans every string that is bound to a statement: GUIDs, names and keys come from outside. */
export class CleanSqliteDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new CleanSqliteCompiler();
  }
}

/** As `CleanSqliteDialect`. */
export class CleanPostgresDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new CleanPostgresCompiler();
  }
}

class CleanSqliteCompiler extends SqliteQueryCompiler {
  protected override addParameter(value: unknown): void {
    super.addParameter(cleanValue(value));
  }
}

class CleanPostgresCompiler extends PostgresQueryCompiler {
  protected override addParameter(value: unknown): void {
    super.addParameter(cleanValue(value));
  }
}
