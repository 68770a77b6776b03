#!/usr/bin/env bash
# Expected: `PorterStemmer.tokenizeAndStem` leaves out words that say nothing, so that texts with the same
#   stems mean about the same.
# Seen: its stop words include "cannot" and "never" but not "not" and "no", and every single digit but no
#   longer number. "I cannot log in" and "I can log in" become the same one stem, so do "never works" and
#   "works", and exit codes 1 and 2, while 137 stays.
# Matters: in reports of failures a negation and an exit code are often all that tells two of them apart.
# Signpost: uses the stemmer alone, with a tokenizer and a list of stop words of its own.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent natural@8.1.1

cat > "$dir/see.cjs" <<'EOF_JS'
const stemmer = require('natural/lib/natural/stemmers/porter_stemmer.js');
const stems = (text) => stemmer.tokenizeAndStem(text).join(' ');
const pairs = [
  ['I cannot log in', 'I can log in', true],
  ['login never works', 'login works', true],
  ['exit code 1', 'exit code 2', true],
  ['login does not work', 'login does work', false],
  ['exit code 137', 'exit code 139', false],
];
let same = true;
for (const [left, right, alike] of pairs) {
  console.log(`${left} → ${stems(left)}; ${right} → ${stems(right)}`);
  same &&= (stems(left) === stems(right)) === alike;
}
console.log(same ? 'as found: "cannot", "never" and single digits vanish' : "CHANGED: natural's stop words");
process.exit(same ? 0 : 1);
EOF_JS
echo "natural 8.1.1"
node "$dir/see.cjs"
