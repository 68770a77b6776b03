#!/usr/bin/env bash
# Expected: Probot's client repeats what is safe to repeat. A POST that creates a comment is not: when the
#   connection breaks after GitHub has acted, a repeat makes a second comment.
# Seen: the retry plugin that Probot brings looks at the status alone, not at the method, and a connection
#   that broke counts as status 500. One createComment becomes four comments when the answer is lost, and the
#   caller is still told "500".
# Matters: a bot's first promise is one comment an issue; this breaks it on any flaky network.
# Signpost: switches retries off, writes down what it is about to do, and after a lost answer looks before it
#   acts again.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  probot@14.3.2 @octokit/plugin-retry@8.1.1

cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import { ProbotOctokit } from 'probot';

const comments = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  comments.push(JSON.parse(body).body); // the comment is there …
  response.socket.destroy(); // … and the answer is not
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const octokit = new ProbotOctokit({
  baseUrl: `http://127.0.0.1:${server.address().port}`, auth: { token: 'none' }, log: quiet,
});
const error = await octokit.rest.issues
  .createComment({ owner: 'o', repo: 'r', issue_number: 1, body: 'Known failure' })
  .catch((e) => e);
console.log(`comments made by one call: ${comments.length}; the caller sees status ${error.status}, `
  + `${error.response === undefined ? 'no response' : 'a response'}`);
const same = comments.length === 4 && error.status === 500 && error.response === undefined;
console.log(same
  ? 'as found: one POST was sent four times'
  : 'CHANGED: a POST without an answer is repeated differently');
process.exit(same ? 0 : 1);
EOF_JS
echo "probot 14.3.2, @octokit/plugin-retry 8.1.1"
node "$dir/see.mjs"
