#!/usr/bin/env bash
# Expected: `fetch(queue, { batchSize: 20 })` hands jobs out in the order in which it chooses them: by
#   priority, then by age.
# Seen: it chooses in that order and then loses it. The right twenty jobs come, shuffled anew with each fetch;
#   the most urgent one may stand last. One job at a time comes in order, which is how one tries it out.
# Matters: a worker that goes through its batch lets a person's command wait behind nineteen backfills.
# Signpost: sorts what it has fetched by priority and age.
# Needs PostgreSQL: DATABASE_URL, or postgres://root@127.0.0.1:5432/test. Uses a schema of its own and drops
#   it.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent pg-boss@12.38.0 pg@8.23.1

cat > "$dir/see.mjs" <<'EOF_JS'
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const connectionString = process.env.DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `finding_order_${process.pid}`;
const boss = new PgBoss({ connectionString, schema, supervise: false, schedule: false });
boss.on('error', (error) => { throw error; });
await boss.start();
try {
  await boss.createQueue('jobs');
  const fetched = [];
  for (const batchSize of [20, 20, 1]) {
    await boss.deleteAllJobs('jobs');
    for (let priority = 1; priority <= 25; priority += 1) await boss.send('jobs', { priority }, { priority });
    const jobs = [];
    while (jobs.length < 20) jobs.push(...(await boss.fetch('jobs', { batchSize })));
    fetched.push(jobs.map(({ data }) => data.priority));
    console.log(`batchSize ${String(batchSize).padStart(2)}: ${fetched.at(-1).join(' ')}`);
  }
  const chosen = Array.from({ length: 20 }, (_, i) => 25 - i);
  const sorted = (batch) => batch.toSorted((a, b) => b - a).join();
  const [first, second, single] = fetched;
  const same = [first, second].every((batch) => sorted(batch) === chosen.join())
    && (first.join() !== chosen.join() || second.join() !== chosen.join()) && single.join() === chosen.join();
  console.log(same ? 'as found: the right jobs, in no order' : 'CHANGED: the order of a fetched batch');
  process.exitCode = same ? 0 : 1;
} finally {
  await boss.stop({ graceful: false });
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`set client_min_messages = warning; drop schema if exists ${schema} cascade`);
  await client.end();
}
EOF_JS
echo "pg-boss 12.38.0"
node "$dir/see.mjs"
