#!/usr/bin/env bash
# Expected: GitHub's two APIs describe one product. What REST has on an issue (type, fields, dependencies,
#   suggestions) is in the GraphQL schema too, where new things used to come first.
# Seen: the newest schema package knows sub-issues, but no issue type, field, dependency or suggestion in any
#   form: not on `Issue`, not as an input, not as a timeline event. REST and the webhooks of the same autumn
#   have all four.
# Matters: a query for an issue's type written against the schema cannot be checked, and a generated client
#   cannot ask it.
# Signpost: uses GraphQL for threads, timelines and reactions alone; everything that it writes goes by REST.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @octokit/graphql-schema@15.26.1 graphql@16.15.0
# One file of the 385 MB.
(cd "$dir" && tar -xzf "$(npm pack --silent @octokit/openapi@23.0.2)" package/generated/api.github.com.json)

cat > "$dir/see.mjs" <<'EOF_JS'
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');
const sdl = read('node_modules/@octokit/graphql-schema/schema.graphql');
const graphql = buildSchema(sdl, { assumeValidSDL: true });
const rest = JSON.parse(read('package/generated/api.github.com.json'));

const fields = Object.keys(graphql.getType('Issue').getFields());
const types = Object.keys(graphql.getTypeMap());
const known = new Set(Object.keys(rest.components.schemas.issue.properties));
const paths = Object.keys(rest.paths);
const table = [
  ['sub-issues', known.has('sub_issues_summary'), fields.includes('subIssuesSummary')],
  ['issue types', known.has('type'), types.some((name) => /^IssueType/.test(name))],
  ['issue fields', known.has('issue_field_values'), types.some((name) => /IssueField/.test(name))],
  ['dependencies', known.has('issue_dependencies_summary'), fields.some((n) => /block|depend/i.test(n))],
  ['suggestions', paths.some((p) => /\/suggestions$/.test(p)), types.some((n) => /IssueSuggest/.test(n))],
];
for (const [what, inRest, inGraphql] of table)
  console.log(`${what.padEnd(14)} REST ${inRest}, GraphQL ${inGraphql}`);
const [subIssues, ...others] = table;
const same = subIssues[1] && subIssues[2] && others.every(([, inRest, inGraphql]) => inRest && !inGraphql);
console.log(same
  ? 'as found: the GraphQL schema lacks what REST has'
  : 'CHANGED: what the GraphQL schema knows of issues');
process.exit(same ? 0 : 1);
EOF_JS
echo "@octokit/graphql-schema 15.26.1, @octokit/openapi 23.0.2"
node "$dir/see.mjs"
