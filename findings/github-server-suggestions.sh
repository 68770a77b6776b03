#!/usr/bin/env bash
# Expected: a server that takes `suggest: true` on labels also lets one see the suggestions and what became of
#   them.
# Seen: the descriptions of Enterprise Server 3.17, 3.18 and 3.19 take `suggest`, `rationale` and `confidence`
#   on an issue exactly as github.com does, but have no path to list, approve or dismiss suggestions, and no
#   `issues.typed` webhook.
# Matters: a bot that tells by "the request has a place for it" whether suggestions work will suggest on a
#   server and never learn whether anything was stored, approved or dismissed.
# Signpost: does not suggest yet; it sets labels as such, which every server shows.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
products=(api.github.com ghes-3.17 ghes-3.18 ghes-3.19)
files=("${products[@]/#/package/generated/}")
# Four files of the 385 MB.
(cd "$dir" && tar -xzf "$(npm pack --silent @octokit/openapi@23.0.2)" "${files[@]/%/.json}")

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
const issue = '/repos/{owner}/{repo}/issues/{issue_number}';
function look(product) {
  const file = new URL(`package/generated/${product}.json`, import.meta.url);
  const { paths, 'x-webhooks': webhooks } = JSON.parse(readFileSync(file, 'utf8'));
  const labels = paths[`${issue}/labels`].post.requestBody;
  const seen = {
    takesSuggest: JSON.stringify(labels).includes('"suggest"'),
    listsSuggestions: Object.hasOwn(paths, `${issue}/suggestions`),
    tellsOfTypes: Object.hasOwn(webhooks, 'issues-typed'),
  };
  console.log(product.padEnd(14), JSON.stringify(seen));
  return Object.values(seen).map(Number).join('');
}
const [cloud, ...servers] = process.argv.slice(2).map(look);
const same = cloud === '111' && servers.every((server) => server === '100');
console.log(same
  ? 'as found: servers take suggestions and never show them'
  : 'CHANGED: what servers say of suggestions');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/openapi 23.0.2"
node "$dir/see.mjs" "${products[@]}"
