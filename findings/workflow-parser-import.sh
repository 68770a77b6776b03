#!/usr/bin/env bash
# Expected: a package of ES modules, published by GitHub and described as usable from npm, can be imported by
#   Node.
# Seen: `import '@actions/workflow-parser'` fails in every current Node: a module inside imports a JSON file
#   without the attribute `type: 'json'`. @actions/expressions, released beside it under the same number, does
#   import. Bundled by esbuild the parser runs.
# Matters: the only public implementation of what GitHub itself accepts in a workflow is out of reach of a
#   plain script.
# Signpost: does not depend on it; whoever wants to check a workflow with it has to bundle it first.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  @actions/workflow-parser@0.3.61 @actions/expressions@0.3.61 esbuild@0.28.1

cd "$dir"
cat > see.mjs <<'EOF_JS'
const code = await import(process.argv[2]).then(
  ({ parseWorkflow, Lexer }) => ((parseWorkflow ?? Lexer) ? 'runs' : 'is empty'),
  (error) => error.code,
);
console.log(code);
EOF_JS
echo "export * from '@actions/workflow-parser';" > entry.mjs
node_modules/.bin/esbuild entry.mjs --bundle --platform=node --format=esm --outfile=bundled.mjs \
  --log-level=error \
  --banner:js="import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
parser=$(node see.mjs @actions/workflow-parser)
expressions=$(node see.mjs @actions/expressions)
bundled=$(node see.mjs ./bundled.mjs)
echo "node $(node -p process.versions.node), @actions/workflow-parser 0.3.61: $parser; bundled: $bundled"
echo "@actions/expressions 0.3.61: $expressions"
if [[ $parser == ERR_IMPORT_A* && $expressions == runs && $bundled == runs ]]; then
  echo "as found: the parser cannot be imported as published"
else
  echo "CHANGED: the parser's import"
  exit 1
fi
