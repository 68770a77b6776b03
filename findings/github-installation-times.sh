#!/usr/bin/env bash
# Expected: a time in a webhook has the form that GitHub's description gives it. `installation.created_at` is
#   described as a string (ISO 8601), as it is in the answers of the REST API.
# Seen: in recorded payloads the form depends on the action. `created`, `deleted`, `added` and `removed` carry
#   whole seconds as a number; `suspend` and `unsuspend` carry text, with an offset of -04:00. Recordings of
#   Enterprise Server 3.5 have `deleted` as text and `created` as a number.
# Matters: who reads payloads strictly by the description refuses the first event of every installation; who
#   reads the number as milliseconds dates it to January 1970; a number tried out on `created` breaks on
#   `suspend`.
# Signpost: reads no time of an installation from a payload; what it needs is when the delivery arrived.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent @octokit/webhooks-examples@7.6.1
# One file of the 385 MB.
(cd "$dir" && tar -xzf "$(npm pack --silent @octokit/openapi@23.0.2)" package/generated/api.github.com.json)

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const described = read('package/generated/api.github.com.json');
const recorded = read('node_modules/@octokit/webhooks-examples/api.github.com/index.json');

const names = new Set(['installation', 'installation_repositories']);
const installations = recorded.filter(({ name }) => names.has(name)).flatMap(({ examples }) => examples);
const forms = new Map();
for (const { action, installation: { created_at } } of installations)
  forms.set(action, `${typeof created_at} ${created_at}`);
const follow = (node) =>
  node?.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], described) : node;
const { content } = described['x-webhooks']['installation-created'].post.requestBody;
const body = follow(content['application/json'].schema);
const said = follow(follow(body.properties.installation).properties.created_at);
console.log(`described: ${JSON.stringify({ type: said.type, anyOf: said.anyOf, oneOf: said.oneOf })}`);
for (const [action, form] of forms) console.log(`recorded, ${action}: ${form}`);
const kind = (action) => forms.get(action)?.split(' ')[0];
const same = said.type === 'string' && kind('created') === 'number' && kind('suspend') === 'string';
console.log(same
  ? 'as found: seconds or text, as the action goes'
  : 'CHANGED: description or recordings of installation times');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/openapi 23.0.2, @octokit/webhooks-examples 7.6.1"
node "$dir/see.mjs"
