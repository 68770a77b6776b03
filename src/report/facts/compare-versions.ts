/**
 * Orders two versions as semver does: numbers by value, a pre-release before its release, missing numbers as 0,
 * build metadata ignored. Negative when `a` is earlier, 0 when neither is.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length;
  for (let index = 0; index < Math.max(left.pre.length, right.pre.length); index += 1) {
    const difference = compareIdentifiers(left.pre[index], right.pre[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function split(version: string): { numbers: number[]; pre: string[] } {
  const [core = '', ...pre] = (version.trim().replace(/^v/i, '').split('+')[0] ?? '').split('-');
  return {
    numbers: core.split('.').map((part) => Number.parseInt(part, 10) || 0),
    pre: pre
      .join('-')
      .split('.')
      .filter((part) => part !== ''),
  };
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Number(a) - Number(b);
  if (x !== y) return x ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
