#!/usr/bin/env bash
# Expected: issue-parser, with which semantic-release reads commits and pull requests, ignores what stands in
#   code, fenced blocks included, and reads the text around it as it stands.
# Seen: it knows fences of backticks alone: "Fix #1" in a block fenced with tildes or indented by four blanks
#   is an order to close 1. And it cuts code out before it reads, which makes neighbours of what stood on both
#   sides: "Fix `npm ci` #1" is such an order too, while "Fix npm ci #1" is none.
# Matters: reports quote logs and commands; a bot that acts on what it reads there closes a stranger's issue.
# Signpost: finds code by Markdown's own blocks, and reads the text around it with every word in its place.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent issue-parser@7.0.2

cat > "$dir/see.cjs" <<'EOF_JS'
const parse = require('issue-parser')('github');
const cases = [
  ['Fix #1', true],
  ['`Fix #1`', false],
  ['```\nFix #1\n```', false],
  ['~~~\nFix #1\n~~~', true],
  ['The log:\n\n    Fix #1', true],
  ['Fix `npm ci` #1', true],
  ['Fix npm ci #1', false],
];
let same = true;
for (const [text, expected] of cases) {
  const closes = parse(text).actions.close?.length > 0;
  console.log(`${closes ? 'closes ' : 'ignores'} ${JSON.stringify(text)}`);
  same &&= closes === expected;
}
console.log(same
  ? 'as found: code is read, or joins what stands around it'
  : 'CHANGED: what issue-parser takes for code');
process.exit(same ? 0 : 1);
EOF_JS
echo "issue-parser 7.0.2"
node "$dir/see.cjs"
