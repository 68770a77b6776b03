#!/usr/bin/env bash
# Expected: MiniSearch says that `discard` has the same visible effect as `remove`. A search is a read: asked
#   twice, it answers twice the same.
# Seen: after `discard` the first search for a word scores with how many documents held it before, against how
#   many there are now. BM25's rarity then turns negative: a document with both words of a query stands below
#   one with a single word, under a score less than zero. The same search again gives other scores, in another
#   order, because the first one has cleaned the index up. `remove` gives the right ones at once.
# Matters: a bot that drops deleted or moved issues ranks duplicates wrongly once for each word, and cannot
#   replay why; a threshold above zero hides the best match.
# Signpost: has its own index, which counts anew when an issue leaves; MiniSearch is a yardstick of its speed.
set -euo pipefail
PATH="$(cd "$(dirname "$0")/.." && pwd)/node_modules/.bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --silent minisearch@7.2.0

cat > "$dir/see.mjs" <<'EOF_JS'
import MiniSearch from 'minisearch';
const kept = [{ id: 'both', text: 'crash spinner' }, { id: 'one', text: 'spinner only' }];
const gone = Array.from({ length: 19 }, (_, id) => ({ id, text: `crash number${id}` }));

function index() {
  const search = new MiniSearch({ fields: ['text'] });
  search.addAll([...kept, ...gone]);
  return search;
}
const ask = (search) => search.search('crash spinner').map(({ id, score }) => [id, Number(score.toFixed(2))]);
const discarded = index();
for (const { id } of gone) discarded.discard(id);
const removed = index();
removed.removeAll(gone);
const [first, second, right] =
  [ask(discarded), ask(discarded), ask(removed)].map((hits) => JSON.stringify(hits));
console.log(`after discard, asked once:  ${first}`);
console.log(`after discard, asked again: ${second}`);
console.log(`after remove:               ${right}`);
const same = first.startsWith('[["one"') && first.includes('"both",-')
  && second.startsWith('[["both"') && second === right;
console.log(same
  ? 'as found: the first search after a discard ranks upside down'
  : 'CHANGED: scores after discard');
process.exit(same ? 0 : 1);
EOF_JS
echo "minisearch 7.2.0"
node "$dir/see.mjs"
