#!/usr/bin/env bash
# Expected: the file of a parsed stack frame is the file that the frame names.
# Seen: error-stack-parser-es drops round brackets inside a path, with and without a function's name before
#   it: `C:\Program Files (x86)\app\x.js` becomes `C:\Program Files x86\app\x.js`, a file that does not exist.
#   stacktrace-parser keeps them.
# Matters: two frames of one failure differ by where a program was installed, and a link to the source leads
#   nowhere.
# Signpost: reads frames itself and takes the file as it stands in the line.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  error-stack-parser-es@2.0.1 stacktrace-parser@0.1.11

cat > "$dir/see.mjs" <<'EOF_JS'
import { parse } from 'error-stack-parser-es';
import stacktrace from 'stacktrace-parser';
const files = ['C:\\Program Files (x86)\\app\\x.js', '/home/me/app (copy)/x.js'];
let same = true;
for (const file of files)
  for (const frame of [`    at start (${file}:1:2)`, `    at ${file}:1:2`]) {
    const error = new Error('none');
    error.stack = `Error: none\n${frame}`;
    const [{ file: ours, fileName = ours }] = parse(error);
    const [{ file: other }] = stacktrace.parse(error.stack);
    console.log(`${frame.trim()} → ${fileName} (stacktrace-parser: ${other})`);
    same &&= fileName === file.replace(/[()]/g, '') && other === file;
  }
console.log(same ? 'as found: brackets vanish from paths' : 'CHANGED: brackets in the paths of frames');
process.exit(same ? 0 : 1);
EOF_JS
echo "error-stack-parser-es 2.0.1, stacktrace-parser 0.1.11"
node "$dir/see.mjs"
