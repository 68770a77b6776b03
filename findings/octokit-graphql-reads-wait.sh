#!/usr/bin/env bash
# Expected: the throttling plugin spaces out writes by a second, as GitHub asks, and lets reads through ten at
#   a time. A GraphQL query is a read, and GitHub's advice on spacing speaks of mutations.
# Seen: whatever goes to /graphql is taken for a write. Four `query` operations leave one a second, while four
#   REST reads of the same client leave together.
# Matters: whoever moves reads to GraphQL to save calls (the timelines of 10,000 issues are 100 queries) waits
#   100 s for them.
# Signpost: runs with the plugin off and counts GraphQL reads by what they cost GitHub.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/core@7.0.6 @octokit/plugin-throttling@11.0.5

cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import { Octokit } from '@octokit/core';
import { throttling } from '@octokit/plugin-throttling';

let arrivals = [];
const server = createServer((request, response) => {
  request.resume();
  arrivals.push(Date.now());
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"data":{}}');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const octokit = new (Octokit.plugin(throttling))({
  baseUrl: `http://127.0.0.1:${server.address().port}`,
  throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false },
});
async function spread(read) {
  arrivals = [];
  await Promise.all([1, 2, 3, 4].map(read));
  return Math.max(...arrivals) - Math.min(...arrivals);
}
const rest = await spread(() => octokit.request('GET /user'));
const graphql = await spread(() => octokit.graphql('query { viewer { login } }'));
console.log(`four reads at once leave over ${rest} ms by REST, over ${graphql} ms by GraphQL`);
const same = rest < 1_000 && graphql > 2_000;
console.log(same
  ? 'as found: GraphQL queries wait like writes'
  : 'CHANGED: GraphQL queries no longer wait like writes');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/core 7.0.6, @octokit/plugin-throttling 11.0.5"
node "$dir/see.mjs"
