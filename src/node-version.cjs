// Says in one line on stderr that this Node is none of those that package.json names in `engines`, and exits
// with 2. Runs before anything else is read (`node -r`), so even a very old Node has to understand it.
const { node } = require('../package.json').engines;
const [major, minor] = process.versions.node.split('.').map(Number);

const supported = node.split(' || ').some((range) => {
  const [, sign, first, least] = /^(\^|>=)(\d+)\.(\d+)\.0$/.exec(range);
  if (major === Number(first)) return minor >= Number(least);
  return sign === '>=' && major > Number(first);
});
if (!supported) {
  const mend = 'install Node 24, or get one with "npm ci" (Linux, Windows; without --omit=optional)';
  const what = `Node ${process.versions.node} is not supported (expected ${node})`;
  process.stderr.write(`signpost: ${what}: ${mend}\n`);
  process.exit(2);
}
