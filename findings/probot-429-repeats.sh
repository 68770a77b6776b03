#!/usr/bin/env bash
# Expected: GitHub says of its secondary limit that it answers 403 or 429, with `retry-after`. Probot's
#   handler for that limit logs and asks for no repeat, so either answer ends the call after one request.
# Seen: a 403 does. A 429 with the same body and the same `retry-after: 60` is sent four times within about
#   three seconds: the throttling plugin steps back as told, then the retry plugin, whose list of statuses to
#   leave alone has 403 but not 429, repeats it without looking at `retry-after`.
# Matters: a bot that knocks on while it is limited may be banned, and nothing in its own code does the
#   knocking.
# Signpost: switches both plugins off; one shared budget of calls obeys `retry-after` for 403 and 429 alike.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  probot@14.3.2 pino@10.4.0 @octokit/plugin-retry@8.1.1 @octokit/plugin-throttling@11.0.5

cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import pino from 'pino';
import { Probot } from 'probot';

let status = 403;
let arrivals = [];
const server = createServer((request, response) => {
  request.resume();
  arrivals.push(Date.now());
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '60' });
  response.end(JSON.stringify({ message: 'You have exceeded a secondary rate limit.' }));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const probot = new Probot({
  githubToken: 'none', secret: 'none', log: pino({ level: 'silent' }),
  baseUrl: `http://127.0.0.1:${server.address().port}`,
});
const octokit = await probot.auth();
const sent = {};
for (status of [403, 429]) {
  arrivals = [];
  await octokit.request('POST /repos/o/r/labels', { name: 'bug' }).catch(() => {});
  sent[status] = arrivals.length;
  const times = arrivals.map((at) => `${at - arrivals[0]} ms`);
  console.log(`${status}, retry-after 60: sent at ${times.join(', ')}`);
}
const same = sent[403] === 1 && sent[429] === 4;
console.log(same
  ? 'as found: 403 is sent once, 429 four times'
  : 'CHANGED: a limited call is repeated differently');
process.exit(same ? 0 : 1);
EOF_JS
echo "probot 14.3.2, @octokit/plugin-retry 8.1.1, @octokit/plugin-throttling 11.0.5"
node "$dir/see.mjs"
