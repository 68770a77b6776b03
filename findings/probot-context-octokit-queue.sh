#!/usr/bin/env bash
# Expected: GitHub's limits are each installation's own, so one installation's writes do not wait for
#   another's. That is how clients from `probot.auth(installationId)` act: each throttles under its own id.
# Seen: `context.octokit`, which the documentation recommends in handlers, is made on another path that sets
#   no id. All installations of a process then share one queue: three comments for three installations leave 3
#   s apart.
# Matters: an App on fifty repositories answers at the pace of one; the last of a burst waits minutes.
# Signpost: never uses `context.octokit`; takes clients from `probot.auth(id)` with the throttle off, and
#   keeps one budget for each installation in its store.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  probot@14.3.2 pino@10.4.0 @octokit/plugin-throttling@11.0.5

cat > "$dir/see.mjs" <<'EOF_JS'
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import pino from 'pino';
import { Probot } from 'probot';

let arrivals = [];
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(201, { 'content-type': 'application/json' });
  if (request.url.endsWith('/access_tokens')) {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    response.end(JSON.stringify({ token: 'none', expires_at, permissions: {}, repository_selection: 'all' }));
  } else {
    arrivals.push(Date.now());
    response.end('{}');
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const probot = new Probot({
  appId: 1, privateKey, secret: 'none', log: pino({ level: 'silent' }),
  baseUrl: `http://127.0.0.1:${server.address().port}`,
});
const comment = (octokit, id) =>
  octokit.rest.issues.createComment({ owner: `owner-${id}`, repo: 'r', issue_number: 1, body: 'x' });
await probot.load((app) => {
  app.on('issues.opened', ({ octokit, payload }) => comment(octokit, payload.installation.id));
});
const opened = (id) => ({
  id: `delivery-${id}`, name: 'issues',
  payload: {
    action: 'opened', installation: { id }, issue: { number: 1 },
    repository: { name: 'r', owner: { login: 'o' } },
  },
});
async function spread(work) {
  arrivals = [];
  await Promise.all([1, 2, 3].map(work));
  return Math.max(...arrivals) - Math.min(...arrivals);
}
const ofContext = await spread((id) => probot.receive(opened(id)));
const ofAuth = await spread(async (id) => comment(await probot.auth(id), id));
console.log(`three installations, one comment each, by context.octokit: over ${ofContext} ms`);
console.log(`by auth(id): over ${ofAuth} ms`);
const same = ofContext > 4_000 && ofAuth < 2_000;
console.log(same
  ? 'as found: installations share one queue'
  : 'CHANGED: context.octokit and auth(id) queue alike');
process.exit(same ? 0 : 1);
EOF_JS
echo "probot 14.3.2, @octokit/plugin-throttling 11.0.5"
node "$dir/see.mjs"
