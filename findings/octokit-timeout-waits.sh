#!/usr/bin/env bash
# Expected: a request given `request: { signal: AbortSignal.timeout(500) }` fails after half a second, with an
#   error that says so, as it does when the same signal is aborted by hand.
# Seen: with @octokit/plugin-retry (Probot has it by default) the error comes after 14.5 s. Octokit reports
#   the timeout as an HttpError of status 500 without a response; the plugin takes that for GitHub's own 500
#   and waits 1 + 4 + 9 s for three repeats, none of which leaves the machine because the signal stays
#   expired.
# Matters: a triage bot that bounds its calls holds each stuck job thirty times as long as it thinks.
# Signpost: switches the plugin off, retries by its own queue, and reads "500 without a response" as "no
#   answer".
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/core@7.0.6 @octokit/plugin-retry@8.1.1

cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';

let requests = 0;
const server = createServer(() => { requests += 1; }); // never answers
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const baseUrl = `http://127.0.0.1:${server.address().port}`;

async function time(Client, signal) {
  requests = 0;
  const start = Date.now();
  const octokit = new Client({ baseUrl });
  const error = await octokit.request('POST /labels', { request: { signal } }).catch((e) => e);
  const seen = { ms: Date.now() - start, requests, name: error.name, status: error.status };
  console.log(JSON.stringify(seen));
  return seen;
}
const byHand = new AbortController();
setTimeout(() => byHand.abort(), 500);
const aborted = await time(Octokit.plugin(retry), byHand.signal);
const plain = await time(Octokit, AbortSignal.timeout(500));
const retried = await time(Octokit.plugin(retry), AbortSignal.timeout(500));
const same = aborted.ms < 3_000 && plain.ms < 3_000 && retried.ms > 10_000
  && retried.requests === 1 && retried.name === 'HttpError' && retried.status === 500;
console.log(same
  ? 'as found: a timeout of 0.5 s took over 10 s'
  : 'CHANGED: a timed-out request is no longer held back');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/core 7.0.6, @octokit/plugin-retry 8.1.1"
node "$dir/see.mjs"
