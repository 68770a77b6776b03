#!/usr/bin/env bash
# Expected: a check of a project's dependencies that cannot read its files fails, or at least exits with an
#   error.
# Seen: beside TypeScript 7 (the native compiler, what `npm install typescript` now brings) dependency-cruiser
#   reads no .ts file, cruises 0 modules, and exits 0. Its message for people ends with a warning; the
#   machine-readable result holds no trace of it: `error: 0, totalCruised: 0`. The same two files in a circle
#   are an error beside TypeScript 6.
# Matters: an upgrade of the compiler turns every rule about layers off, and CI stays green.
# Signpost: stays with TypeScript 6, and its fence check fails when fewer modules are seen than files exist.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cd "$dir"
mkdir -p src six seven
echo "import { b } from './b.ts'; export const a: number = b;" > src/a.ts
echo "import { a } from './a.ts'; export const b: number = a;" > src/b.ts
cat > rules.json <<'EOF_JSON'
{ "forbidden": [{ "name": "no-circle", "severity": "error", "from": {}, "to": { "circular": true } }] }
EOF_JSON
look() { # <folder> <version of typescript>; prints the summary and the exit code
  npm install --prefix "$1" --no-audit --no-fund --ignore-scripts --silent \
    dependency-cruiser@18.7.2 "typescript@$2"
  local code=0
  "$1/node_modules/.bin/depcruise" --config rules.json src > /dev/null 2>&1 || code=$?
  "$1/node_modules/.bin/depcruise" --config rules.json --output-type json --output-to "$1.json" src \
    2> /dev/null
  node -p "const { error, warn, totalCruised } = require('./$1.json').summary;
    JSON.stringify({ error, warn, totalCruised, exit: $code })"
}
six=$(look six 6.0.3)
seven=$(look seven 7.0.2)
echo "dependency-cruiser 18.7.2"
echo "typescript 6.0.3: $six"
echo "typescript 7.0.2: $seven"
if [[ $six == '{"error":1,"warn":0,"totalCruised":2,"exit":1}' &&
  $seven == '{"error":0,"warn":0,"totalCruised":0,"exit":0}' ]]; then
  echo "as found: with TypeScript 7 nothing is checked, and nothing fails"
else
  echo "CHANGED: dependency-cruiser beside TypeScript 7"
  exit 1
fi
