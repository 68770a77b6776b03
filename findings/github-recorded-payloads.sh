#!/usr/bin/env bash
# Expected: payloads recorded from github.com fit GitHub's own description of its webhooks, so a test double
#   that is held against that description alone sends what GitHub sends.
# Seen: about a third of them do not fit. Fields that the description requires are absent
#   (`repository.has_discussions` in pushes, `discussion.state_reason`), and types differ. No `push` of the
#   collection fits.
# Matters: a schema made from the description, used to check deliveries, answers 400 to real ones, and GitHub
#   does not repeat.
# Signpost: reads of a payload only the few fields that it needs, and reads the rest from the API.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/webhooks-examples@7.6.1 ajv@8.20.0
# One file of the 385 MB.
(cd "$dir" && tar -xzf "$(npm pack --silent @octokit/openapi@23.0.2)" package/generated/api.github.com.json)

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const described = read('package/generated/api.github.com.json');
const recorded = read('node_modules/@octokit/webhooks-examples/api.github.com/index.json');

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, references go to the added document. */
function plain(node) {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key, value]) => !(key === 'nullable' && typeof value === 'boolean'))
    .map(([key, value]) => [key, key === '$ref' ? `github${value}` : plain(value)]);
  const schema = Object.fromEntries(entries);
  return node.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
const fast = { inlineRefs: false, code: { optimize: false } }; // most of the time goes into compiling
const ajv = new Ajv({ strict: false, validateFormats: false, logger: false, ...fast });
ajv.addSchema({ $id: 'github', components: { schemas: plain(described.components.schemas) } });
const checks = new Map();
function checkOf(key) {
  const hook = described['x-webhooks'][key];
  if (hook === undefined) return null;
  const { schema } = hook.post.requestBody.content['application/json'];
  if (!checks.has(key)) checks.set(key, ajv.compile(plain(schema)));
  return checks.get(key);
}
const dashed = (...words) => words.filter(Boolean).join('-').replaceAll('_', '-');
const seen = { payloads: 0, refused: 0, undescribed: 0, pushes: 0, pushesRefused: 0 };
const why = new Map();
for (const { name, examples } of recorded)
  for (const payload of examples) {
    const check = checkOf(dashed(name, payload.action)) ?? checkOf(dashed(name));
    const refused = check !== null && !check(payload);
    seen.payloads += 1;
    seen.refused += refused;
    seen.undescribed += check === null;
    seen.pushes += name === 'push';
    seen.pushesRefused += name === 'push' && refused;
    if (!refused) continue;
    const { instancePath, message } = check.errors[0];
    const reason = `${instancePath} ${message}`;
    why.set(reason, (why.get(reason) ?? 0) + 1);
  }
console.log(JSON.stringify(seen));
for (const [reason, count] of [...why].sort((a, b) => b[1] - a[1]).slice(0, 5))
  console.log(`  ${count} × ${reason}`);
const same = seen.refused > seen.payloads / 4 && seen.pushes > 0 && seen.pushesRefused === seen.pushes;
console.log(same
  ? "as found: GitHub's recorded payloads break its description"
  : 'CHANGED: recorded payloads fit the description better');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/openapi 23.0.2, @octokit/webhooks-examples 7.6.1"
node "$dir/see.mjs"
