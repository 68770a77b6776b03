#!/usr/bin/env bash
# Expected: `ProbotOctokit.defaults({ retry: { enabled: false }, throttle: { enabled: false } })`, handed to
#   Probot as `Octokit`, switches both plugins off: Octokit's `defaults` takes an object or a function.
# Seen: the object form does half of it. Retries are off, but Probot lays its own `throttle` options over the
#   object, so that `enabled: false` is gone and writes are still let out one a second. The function form,
#   which comes last, holds.
# Matters: tests get slow and a bot queues twice, and no error or warning says why.
# Signpost: uses the function form.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent probot@14.3.2 pino@10.4.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import pino from 'pino';
import { Probot, ProbotOctokit } from 'probot';

let status = 201;
let requests = 0;
const server = createServer((request, response) => {
  request.resume();
  requests += 1;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const off = { retry: { enabled: false }, throttle: { enabled: false } };

async function look(defaults) {
  const probot = new Probot({
    githubToken: 'none', secret: 'none', log: pino({ level: 'silent' }),
    baseUrl: `http://127.0.0.1:${server.address().port}`, Octokit: ProbotOctokit.defaults(defaults),
  });
  const octokit = await probot.auth();
  const write = () => octokit.request('POST /repos/o/r/labels', { name: 'bug' });
  const start = Date.now();
  await Promise.all([write(), write(), write()]);
  const ms = Date.now() - start;
  [status, requests] = [500, 0];
  await write().catch(() => {});
  status = 201;
  return { throttled: ms > 1_500, retried: requests > 1, ms };
}
const asObject = await look(off);
const asFunction = await look((options) => ({ ...options, ...off }));
console.log('object:  ', JSON.stringify(asObject));
console.log('function:', JSON.stringify(asFunction));
const same = asObject.throttled && !asObject.retried && !asFunction.throttled && !asFunction.retried;
console.log(same
  ? 'as found: the object form leaves the throttle on'
  : 'CHANGED: the two forms of defaults act otherwise');
process.exit(same ? 0 : 1);
EOF_JS
echo "probot 14.3.2"
node "$dir/see.mjs"
