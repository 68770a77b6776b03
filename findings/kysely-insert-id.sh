#!/usr/bin/env bash
# Expected: `insertId` is the key of the inserted row, and Kysely's notes say that it can be undefined when an
#   `on conflict` clause lets a statement succeed that inserts nothing.
# Seen: with SQLite it is then neither: it is the key of whatever this connection inserted last, of another
#   row or another table. `doNothing` and `doUpdateSet` both do it, and for an update the count of 1 does not
#   give it away.
# Matters: "insert unless it is there, then use insertId" writes to a stranger's row, on one of two dialects
#   only: with PostgreSQL the field is always undefined, so that a suite on both finds it late.
# Signpost: never reads `insertId`; its tables have keys that it knows before it writes.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent kysely@0.29.9 better-sqlite3@13.2.0

cat > "$dir/see.mjs" <<'EOF_JS'
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
const db = new Kysely({ dialect: new SqliteDialect({ database: new SQLite(':memory:') }) });
for (const table of ['issue', 'other'])
  await db.schema.createTable(table)
    .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('name', 'text').execute();
await db.insertInto('issue').values({ id: 1, name: 'first' }).execute();
await db.insertInto('other').values({ id: 77, name: 'unrelated' }).execute();

const again = db.insertInto('issue').values({ id: 1, name: 'again' });
const nothing = await again.onConflict((c) => c.column('id').doNothing()).executeTakeFirst();
const update =
  await again.onConflict((c) => c.column('id').doUpdateSet({ name: 'again' })).executeTakeFirst();
for (const [name, { insertId, numInsertedOrUpdatedRows }] of Object.entries({ nothing, update }))
  console.log(`issue 1 again, do ${name}: insertId ${insertId}, rows ${numInsertedOrUpdatedRows}`);
const same = nothing.insertId === 77n && update.insertId === 77n && update.numInsertedOrUpdatedRows === 1n;
console.log(same
  ? "as found: insertId is another table's key"
  : 'CHANGED: insertId when nothing is inserted');
process.exit(same ? 0 : 1);
EOF_JS
echo "kysely 0.29.9, better-sqlite3 13.2.0"
node "$dir/see.mjs"
