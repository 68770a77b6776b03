#!/usr/bin/env bash
# Expected: @octokit/webhooks-schemas and @octokit/webhooks-examples come from one repository with one version
#   number; the schemas of 7.6.1 take the examples of 7.6.1.
# Seen: one in six is refused. Mostly `repository.is_template` or `web_commit_signoff_required` is required
#   and absent; an `environment_url` fails because it fits two branches of a `oneOf` that were meant to
#   exclude each other.
# Matters: the schemas forbid unknown fields too, so a bot that checks deliveries with them loses both old and
#   new ones.
# Signpost: does not use these schemas; it checks the few fields that it reads with its own.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/webhooks-schemas@7.6.1 @octokit/webhooks-examples@7.6.1 ajv@8.20.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
const read = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/@octokit/${name}`, import.meta.url), 'utf8'));
const schema = read('webhooks-schemas/schema.json');
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(schema, 'webhooks');

let payloads = 0;
const refused = [];
for (const { name, examples } of read('webhooks-examples/api.github.com/index.json'))
  for (const payload of examples) {
    const definition = [`${name}$${payload.action}`, `${name}$event`, `${name}_event`]
      .find((key) => Object.hasOwn(schema.definitions, key));
    if (definition === undefined) continue;
    payloads += 1;
    const check = ajv.getSchema(`webhooks#/definitions/${definition}`);
    if (check(payload)) continue;
    const { instancePath, message } = check.errors[0];
    refused.push(`${definition}: ${instancePath} ${message}`);
  }
console.log(`${refused.length} of ${payloads} examples refused, among them:`);
const shown =
  refused.filter((line) => /^(issues|issue_comment|installation|push|deployment_status)\$/.test(line));
for (const line of shown) console.log(`  ${line}`);
const same = refused.length > payloads / 10 && refused.some((line) => line.startsWith('issues$'));
console.log(same
  ? 'as found: the schemas refuse examples of their own version'
  : 'CHANGED: the schemas take their examples');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/webhooks-schemas 7.6.1, @octokit/webhooks-examples 7.6.1"
node "$dir/see.mjs"
