#!/usr/bin/env bash
# Expected: importing a library of stemmers and tokenizers defines functions.
# Seen: importing `natural` loads some 1,200 modules (clients for PostgreSQL, MongoDB, Redis and memcached,
#   for optional storage), reads `.env` of the working directory into process.env, and prints about it to
#   stdout, with advertisements that differ from run to run. A deep import of one stemmer does none of it.
# Matters: a CLI whose stdout is JSON prints something else, a bot takes settings from a folder nobody gave
#   it, and every start pays for the databases.
# Signpost: imports the one stemmer by its path.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent natural@8.1.1

cd "$dir"
echo 'FINDING_SETTING=from-the-working-directory' > .env
cat > see.cjs <<'EOF_JS'
const { createRequire } = require('node:module');
const load = createRequire(__filename);
const start = performance.now();
load(process.argv[2]);
const seen = {
  ms: Math.round(performance.now() - start), modules: Object.keys(require.cache).length - 1,
  setting: process.env.FINDING_SETTING ?? null,
};
process.stderr.write(JSON.stringify(seen));
EOF_JS
echo "natural 8.1.1"
whole=$(node see.cjs natural 2>&1 > whole.txt)
deep=$(node see.cjs natural/lib/natural/stemmers/porter_stemmer.js 2>&1 > deep.txt)
echo "root import: $whole, lines on stdout: $(wc -l < whole.txt)"
echo "deep import: $deep, lines on stdout: $(wc -l < deep.txt)"
if [[ $whole == *from-the-working-directory* && -s whole.txt &&
  $deep == *'"setting":null'* && ! -s deep.txt ]]; then
  echo "as found: the root import reads .env and writes to stdout"
else
  echo "CHANGED: what importing natural does"
  exit 1
fi
