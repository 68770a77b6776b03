#!/usr/bin/env bash
# Expected: `octokit.paginate('GET /search/issues', …)` returns the issues that were found; it is the
#   documented use of paginate for answers that wrap their list.
# Seen: it throws "Cannot create property 'incomplete_results' on string 'hybrid'" for the example answer of
#   GitHub's own description. Paginate takes the first key of the answer that it does not know for the list,
#   and since searches tell their `search_type`, a required field, that key may stand before `items`. With
#   `items` first it works.
# Matters: JSON promises no order of keys, so looking for duplicates by search breaks on a day when nobody
#   deployed.
# Signpost: does not search on GitHub; it lists, follows Link headers itself, and refuses an answer that is no
#   list.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/core@7.0.8 @octokit/plugin-paginate-rest@16.0.0
# One file of the 385 MB.
(cd "$dir" && tar -xzf "$(npm pack --silent @octokit/openapi@23.0.2)" package/generated/api.github.com.json)

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';

const file = new URL('package/generated/api.github.com.json', import.meta.url);
const described = JSON.parse(readFileSync(file, 'utf8'));
const content = described.paths['/search/issues'].get.responses[200].content['application/json'];
const { required } = content.schema;
const path = content.examples.default.$ref.slice(2).split('/');
const example = path.reduce((at, key) => at[key], described).value;
const { items, ...others } = example;

let answer;
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const octokit = new (Octokit.plugin(paginateRest))({ baseUrl: `http://127.0.0.1:${server.address().port}` });
const search = () =>
  octokit.paginate('GET /search/issues', { q: 'crash' })
    .then((found) => `${found.length} found`, (error) => error.message);

console.log(`required: ${required.join(', ')}`);
answer = example;
const asExample = await search();
console.log(`keys ${Object.keys(answer).join(', ')}: ${asExample}`);
answer = { items, ...others };
const itemsFirst = await search();
console.log(`keys ${Object.keys(answer).join(', ')}: ${itemsFirst}`);
const same = asExample.startsWith('Cannot create property') && itemsFirst === `${items.length} found`;
console.log(same
  ? "as found: paginate fails on GitHub's example of a search"
  : 'CHANGED: paginate over searches');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/plugin-paginate-rest 16.0.0, @octokit/openapi 23.0.2"
node "$dir/see.mjs"
