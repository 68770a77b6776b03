#!/usr/bin/env bash
# Expected: what a program prints with JSON.stringify is a list that a mermaid `xychart-beta` reads: numbers,
#   and labels in quotes.
# Seen: four plain cases do not parse. A quoted text must not be empty (`""` as title or label, though `""` as
#   the name of the y axis may be); a number must not have an exponent, and JavaScript prints 0.0000001 as
#   1e-7; a series must not be empty; unquoted labels take neither umlauts nor slashes. A label too few or too
#   many is no error.
# Matters: people see an error instead of the chart in the week in which nothing was counted.
# Signpost: prints whole numbers, quotes every text, has no empty one, and leaves out a chart without data.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent mermaid@12.3.0 jsdom@27.4.0

cat > "$dir/see.mjs" <<'EOF_JS'
import { JSDOM } from 'jsdom';
globalThis.window = new JSDOM('').window; // the parser cleans texts with a library that wants a window
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

const chart = (lines) => ['xychart-beta', ...lines.map((line) => `    ${line}`)].join('\n');
const cases = [
  ['plain', ['title "Reports"', 'x-axis ["W46"]', 'bar [12]'], true],
  ['name of the y axis empty', ['x-axis ["W46"]', 'y-axis "" 0 --> 3', 'bar [1]'], true],
  ['two values for one label', ['x-axis ["W46"]', 'bar [1, 2]'], true],
  ['umlaut in quotes', ['x-axis ["Größe"]', 'bar [1]'], true],
  ['title empty', ['title ""', 'x-axis ["W46"]', 'bar [1]'], false],
  ['a label empty', ['x-axis ["", "W47"]', 'bar [1, 2]'], false],
  ['1e-7', ['x-axis ["W46"]', `bar [${JSON.stringify(0.0000001)}]`], false],
  ['series empty', ['x-axis ["W46"]', `bar ${JSON.stringify([])}`], false],
  ['umlaut without quotes', ['x-axis [Größe]', 'bar [1]'], false],
];
let same = true;
for (const [name, lines, expected] of cases) {
  const parses = await mermaid.parse(chart(lines)).then(() => true, () => false);
  console.log(`${parses ? 'parses' : 'fails '}  ${name}`);
  same &&= parses === expected;
}
console.log(same
  ? 'as found: empty texts, exponents and empty series fail'
  : 'CHANGED: what xychart-beta parses');
process.exit(same ? 0 : 1);
EOF_JS
echo "mermaid 12.3.0"
node "$dir/see.mjs"
