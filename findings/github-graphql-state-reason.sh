#!/usr/bin/env bash
# Expected: `stateReason` of an issue in GraphQL is `state_reason` of the same issue in REST; both
#   enumerations have DUPLICATE.
# Seen: GraphQL's field has an argument `enableDuplicate` that is false by default, and the value DUPLICATE is
#   documented to come only when it is true. A query that names the field plainly is valid and never answers
#   DUPLICATE. REST has no such switch. The schema package is the newest.
# Matters: a bot that follows duplicates through GraphQL takes an issue that was closed as one for something
#   else.
# Signpost: tells duplicates by the marks in an issue's timeline, not by this field; its plain `stateReason`
#   is trusted for `completed` alone.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/graphql-schema@15.26.1 graphql@16.15.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
const file = new URL('node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(file, 'utf8'), { assumeValidSDL: true });
const field = schema.getType('Issue').getFields().stateReason;
const argument = field.args.find(({ name }) => name === 'enableDuplicate');
const values = schema.getType('IssueStateReason').getValues().map(({ name }) => name);
const query = '{ repository(owner: "o", name: "r") { issue(number: 1) { stateReason } } }';
const errors = validate(schema, parse(query));
console.log(`values: ${values.join(', ')}`);
console.log(`enableDuplicate: ${argument?.type}, default ${argument?.defaultValue}`);
console.log(`a query without it: ${errors.length} errors`);
const same = values.includes('DUPLICATE') && argument?.defaultValue === false && errors.length === 0;
console.log(same ? 'as found: DUPLICATE has to be asked for' : 'CHANGED: GraphQL stateReason and its switch');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/graphql-schema 15.26.1"
node "$dir/see.mjs"
