#!/usr/bin/env bash
# Expected: GitHub's parser of issue form answers, given the form, returns each answer. Its notes say that a
#   heading which is no field of the form belongs to the answer it stands in.
# Seen: an answer is lost whole when it begins with a heading, of any level from `###` down, and what follows
#   `###` at the end of a line is cut off. "#### Steps", a blank line and a text below: the key is absent, as
#   if nobody had answered.
# Matters: a bot that asks for what is missing asks people for what they have written, in good order, with
#   headings.
# Signpost: reads sections from Markdown's blocks: a heading that is no question of the form belongs to the
#   answer above.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent @github/issue-parser@2.0.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { parseIssue } from '@github/issue-parser';
const form = `
name: Bug
description: A bug
body:
  - { type: textarea, id: what, attributes: { label: What happened } }
  - { type: input, id: version, attributes: { label: Version } }
`;
const read = (what) => parseIssue(`### What happened\n\n${what}\n\n### Version\n\n1.2.3`, form);
const cases = [
  ['It crashes.\n\n#### Steps\n\nStart it.', 'It crashes.\n\n#### Steps\n\nStart it.'],
  ['#### Steps\n\nStart it.', undefined],
  ['### Steps\n\nStart it.\n\n### Result\n\nIt crashes.', undefined],
  ['It stops at part ### 12', 'It stops at part'],
];
let same = true;
for (const [written, expected] of cases) {
  const { what, version } = read(written);
  console.log(`${JSON.stringify(written)} is read as ${JSON.stringify(what)}`);
  same &&= what === expected && version === '1.2.3';
}
console.log(same
  ? 'as found: answers that begin with a heading are lost'
  : 'CHANGED: how headings in answers are read');
process.exit(same ? 0 : 1);
EOF_JS
echo "@github/issue-parser 2.0.0"
node "$dir/see.mjs"
