#!/usr/bin/env bash
# Expected: Octokit's generated types know the parameters of each call, so that a misspelt one does not
#   compile, and one that GitHub has added since (`duplicate_issue_id`, which the types of @octokit/rest
#   22.0.1 lack) needs a cast.
# Seen: values of known names are checked, names are not. `satte: 'closed'` compiles and is sent as it stands,
#   and so is `duplicate_issue_id`; a route with a misspelt placeholder compiles too, and its answer is then
#   `any`.
# Matters: a bot that closes with a misspelt `state_reason` closes as completed, and neither compiler nor
#   client says a word.
# Signpost: sends `duplicate_issue_id` this way, and holds every request of its tests against GitHub's REST
#   description.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/rest@22.0.1 typescript@6.0.3

echo '{"type":"module"}' > "$dir/package.json"
cat > "$dir/tsconfig.json" <<'EOF_JSON'
{ "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "noEmit": true,
  "skipLibCheck": true, "types": [] }, "files": ["names.ts", "values.ts"] }
EOF_JSON
cat > "$dir/names.ts" <<'EOF_TS'
import { Octokit } from '@octokit/rest';
const octokit = new Octokit();
const issue = { owner: 'o', repo: 'r', issue_number: 1 };
await octokit.rest.issues.update({ ...issue, satte: 'closed', duplicate_issue_id: 7 });
const answer = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_nr}', issue);
answer.data.anything.goes;
EOF_TS
cat > "$dir/values.ts" <<'EOF_TS'
import { Octokit } from '@octokit/rest';
await new Octokit().rest.issues.update({ owner: 'o', repo: 'r', issue_number: 1, state: 'clsed' });
EOF_TS
cat > "$dir/see.mjs" <<'EOF_JS'
import { createServer } from 'node:http';
import { Octokit } from '@octokit/rest';

let sent;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  sent = JSON.parse(body);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{}');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const octokit = new Octokit({ baseUrl: `http://127.0.0.1:${server.address().port}` });
const issue = { owner: 'o', repo: 'r', issue_number: 1 };
await octokit.rest.issues.update({ ...issue, satte: 'closed', duplicate_issue_id: 7 });
console.log('sent:', JSON.stringify(sent));
process.exit(sent.satte === 'closed' && sent.duplicate_issue_id === 7 ? 0 : 1);
EOF_JS
echo "@octokit/rest 22.0.1, typescript 6.0.3"
cd "$dir"
said=$(node_modules/.bin/tsc -p . || true)
echo "errors on misspelt names: $(grep -c '^names' <<< "$said" || true)"
echo "errors on a misspelt value: $(grep -c '^values' <<< "$said" || true)"
if node "$dir/see.mjs" && ! grep -q '^names' <<< "$said" && grep -q '^values' <<< "$said"; then
  echo "as found: any parameter name compiles, and is sent"
else
  echo "CHANGED: Octokit's types or its client now object to unknown names"
  exit 1
fi
