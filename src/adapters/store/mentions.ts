import { sql } from 'kysely';
import type { Transaction } from '../sql/database.ts';
import { toJson } from '../sql/text.ts';

/** Text columns whose content may name a repository or an issue, with the key of their table. */
const columns = [
  { table: 'issue_states', keys: ['repository', 'number'], column: 'value' },
  { table: 'ledger', keys: ['id'], column: 'findings' },
  { table: 'ledger', keys: ['id'], column: 'plan' },
  { table: 'ledger', keys: ['id'], column: 'calls' },
  { table: 'state', keys: ['key'], column: 'value' },
  { table: 'dead_jobs', keys: ['id'], column: 'data' },
] as const;

/** Rewrites a name wherever it stands in a JSON value, keys included. */
export type Rewrite = (value: unknown) => unknown;

/** Rewrites `from` as a whole name: `acme/app` is not a part of `acme/app-two`. Case does not matter to GitHub. */
export function renaming(from: string, to: string): Rewrite {
  return rewriting(new RegExp(`(?<![\\w.-])${literally(from)}(?![\\w-]|\\.\\w)`, 'gi'), to);
}

/** Rewrites `owner/name#n` and the paths of its pages. */
export function unlinking(repository: string, number: number, to: string): Rewrite {
  return rewriting(
    new RegExp(`(?<![\\w.-])${literally(repository)}(#|/issues/|/pull/)${number}(?!\\d)`, 'gi'),
    to,
  );
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function rewriting(pattern: RegExp, to: string): Rewrite {
  const text = (value: string) => value.replace(pattern, () => to);
  function rewrite(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), rewrite(inner)]));
  }
  return rewrite;
}

/** Applies the rewriting to every JSON column of every row that has one of the needles in it. */
export async function rewriteMentions(
  trx: Transaction,
  needles: readonly string[],
  rewrite: Rewrite,
): Promise<void> {
  for (const { table, keys, column } of columns) {
    const found = sql.join(
      needles.map((needle) => sql`lower(${sql.ref(column)}) like ${pattern(needle)} escape '!'`),
      sql` or `,
    );
    const rows = await sql<Record<string, string | number>>`
      select ${sql.join([...keys, column].map((name) => sql.ref(name)))} from ${sql.table(table)} where ${found}
    `.execute(trx);
    for (const row of rows.rows) {
      const value = rewriteJson(String(row[column]), rewrite);
      const where = sql.join(
        keys.map((key) => sql`${sql.ref(key)} = ${row[key]}`),
        sql` and `,
      );
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${where}`.execute(trx);
    }
  }
}

/** A damaged value is rewritten as text: it must not keep a name alive, or the other rows from being rewritten. */
function rewriteJson(json: string, rewrite: Rewrite): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return String(rewrite(json));
  }
  return toJson(rewrite(value));
}

/** A `like` pattern for text that contains the needle, in lower case, with `!` as the escape. */
export function pattern(needle: string): string {
  return `%${needle.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
}
