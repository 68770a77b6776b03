#!/usr/bin/env bash
# Expected: given the form, GitHub's parser returns the chosen option of a dropdown as the form names it. It
#   has the options, and it knows from the form whether more than one may be chosen.
# Seen: it splits at each comma all the same. The one choice "Yes, always" of a form whose options are "Yes,
#   always" and "No, never" comes back as two choices, "Yes" and "always", of which neither is an option.
# Matters: rules by field ("how often" is "Yes, always") never match, and a label made from the value is one
#   nobody has.
# Signpost: keeps the answer to a question as the text that it is.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent @github/issue-parser@2.0.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { parseIssue, parseTemplate } from '@github/issue-parser';
const form = `
name: Bug
description: A bug
body:
  - type: dropdown
    id: often
    attributes: { label: How often, multiple: false, options: ["Yes, always", "No, never"] }
`;
const { often } = parseIssue('### How often\n\nYes, always', form);
const field = parseTemplate(form).often;
console.log(`the form: ${JSON.stringify(field)}`);
console.log(`"Yes, always" is read as ${JSON.stringify(often)}`);
const same = often.join('|') === 'Yes|always'
  && field.multiple === false && field.options.includes('Yes, always');
console.log(same ? 'as found: one option becomes two' : 'CHANGED: how options with a comma are read');
process.exit(same ? 0 : 1);
EOF_JS
echo "@github/issue-parser 2.0.0"
node "$dir/see.mjs"
