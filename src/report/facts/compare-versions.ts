import SemVer from 'semver/classes/semver.js';
import coerce from 'semver/functions/coerce.js';

/**
 * Orders two versions by semver: numbers by value, a pre-release before its release. Build metadata does not
 * count, missing numbers are 0, and only the first three count. Negative when `a` is earlier, 0 when neither
 * is.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [toSemVer(a), toSemVer(b)];
  return left.compareMain(right) || left.comparePre(right);
}

function toSemVer(version: string): SemVer {
  const [numbers = '', ...preRelease] = version.replace(/\+.*/s, '').split('-');
  const semver = coerce(numbers, { loose: true }) ?? new SemVer('0.0.0');
  // Semver compares `-01`, `-rc_1` and `-rc..2`, which people write in milestones, but does not parse them.
  semver.prerelease = preRelease
    .join('-')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return semver;
}
