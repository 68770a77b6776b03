#!/usr/bin/env bash
# Expected: a sentence ends at a full stop with a blank or the end behind it, so that file names and versions
#   stay whole; the tokenizer does keep web addresses whole.
# Seen: `SentenceTokenizer` ends a sentence inside `src/file.ts` and inside `1.2.3`, and the parts come back
#   as sentences: "It fails in src/file." and "ts at line 3."
# Matters: reports are full of both; a quote cut to its sentence loses the file's ending or the version's last
#   number.
# Signpost: splits reports by lines and blocks, never by sentences of a library.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent natural@8.1.1

cat > "$dir/see.cjs" <<'EOF_JS'
process.chdir('/'); // no .env there
const write = process.stdout.write;
process.stdout.write = () => true; // the root import prints
const { SentenceTokenizer } = require('natural');
process.stdout.write = write;
const split = (text) => new SentenceTokenizer([]).tokenize(text);
const report = split('It fails in src/file.ts at line 3. Version 1.2.3 works.');
const address = split('See https://example.org/a.html for the log. It is long.');
console.log(JSON.stringify(report));
console.log(JSON.stringify(address));
const same = report.length === 4 && report[0].endsWith('src/file.') && address.length === 2;
console.log(same ? 'as found: sentences end inside file names and versions' : 'CHANGED: where sentences end');
process.exit(same ? 0 : 1);
EOF_JS
echo "natural 8.1.1"
node "$dir/see.cjs"
