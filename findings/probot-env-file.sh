#!/usr/bin/env bash
# Expected: a setting of the real environment outranks the `.env` of the working directory, as with Node's
#   --env-file, dotenv and Docker Compose: the file holds what holds when nobody says otherwise.
# Seen: `probot run` lays the file over the environment. A variable set by the container, the shell or the
#   service manager is replaced by the file's, in process.env too, and nothing is logged.
# Matters: a `.env` left by development or baked into an image takes the place of the production secret or log
#   level.
# Signpost: reads `.env` with Node's own loader, so that what is set already wins; Probot's `run` serves the
#   page that sets the App up, and nothing else.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent probot@14.3.2

cd "$dir"
echo 'FINDING_SETTING=from-the-file' > .env
cat > app.mjs <<'EOF_JS'
export default () => {
  console.log(`setting: ${process.env.FINDING_SETTING}`);
  process.exit(0);
};
EOF_JS
key=$(node -p "const { generateKeyPairSync } = require('node:crypto');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  privateKey.export({ type: 'pkcs8', format: 'pem' })")
run=(env APP_ID=1 "PRIVATE_KEY=$key" WEBHOOK_SECRET=none HOST=127.0.0.1 LOG_LEVEL=error
  FINDING_SETTING=from-the-environment)
echo "probot 14.3.2"
probot=$("${run[@]}" node node_modules/probot/bin/probot.js run ./app.mjs)
node=$("${run[@]}" node --env-file=.env --input-type=module -e "await (await import('./app.mjs')).default()")
echo "probot run: $probot"
echo "node --env-file: $node"
if [[ $probot == 'setting: from-the-file' && $node == 'setting: from-the-environment' ]]; then
  echo "as found: Probot's .env outranks the environment"
else
  echo "CHANGED: the rank of Probot's .env"
  exit 1
fi
