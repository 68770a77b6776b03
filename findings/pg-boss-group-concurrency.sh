#!/usr/bin/env bash
# Expected: `groupConcurrency: 1` limits a group to one active job, on all nodes together as its type says, so
#   that one issue or repository is never worked on twice at once.
# Seen: the limit counts what is active when the query begins. Four fetches at the same moment, from two
#   instances, see none and take a job of the same group each: the limit is broken in every round, by up to
#   four jobs. One after the other it holds, which is how one tries it out.
# Matters: two workers that wake together comment on one issue together, which is what the limit was set for.
# Signpost: holds a repository by a row of its own table, taken in the transaction of the fetch, and uses the
#   queue policy `singleton`, which rests on a unique index and does hold.
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
const schema = `finding_groups_${process.pid}`;
const start = async () => {
  const boss = new PgBoss({ connectionString, schema, supervise: false, schedule: false });
  boss.on('error', (error) => { throw error; });
  return boss.start();
};
const rounds = 10;
/** How many jobs of one group were active at once, by round. */
async function play(queue, options) {
  const active = [];
  for (let round = 0; round < rounds; round += 1) {
    const group = { id: `repository-${round}` };
    for (let i = 0; i < 4; i += 1)
      await bosses[0].send(queue, {}, { group, singletonKey: group.id });
    const fetch = (i) => bosses[i].fetch(queue, { batchSize: 1, ...options });
    const taken = await Promise.all([0, 1, 0, 1].map(fetch));
    active.push(taken.flat().length);
    await bosses[0].deleteAllJobs(queue);
  }
  return active;
}
const bosses = [await start(), await start()];
try {
  await bosses[0].createQueue('grouped');
  await bosses[0].createQueue('single', { policy: 'singleton' });
  const grouped = await play('grouped', { groupConcurrency: 1 });
  const single = await play('single', {});
  console.log(`active at once in a group of limit 1: ${grouped.join(' ')}`);
  console.log(`active at once of one singletonKey:   ${single.join(' ')}`);
  const same = grouped.some((count) => count > 1) && single.every((count) => count <= 1);
  console.log(same
    ? 'as found: the limit of a group does not hold'
    : 'CHANGED: groupConcurrency or singleton under concurrent fetches');
  process.exitCode = same ? 0 : 1;
} finally {
  for (const boss of bosses) await boss.stop({ graceful: false });
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`set client_min_messages = warning; drop schema if exists ${schema} cascade`);
  await client.end();
}
EOF_JS
echo "pg-boss 12.38.0"
node "$dir/see.mjs"
