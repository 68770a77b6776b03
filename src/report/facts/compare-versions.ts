import SemVer from 'semver/classes/semver.js';
import coerce from 'semver/functions/coerce.js';

/**
 * Orders two versions as semver does: numbers by value, a pre-release before its release, missing numbers as 0,
 * build metadata ignored. Negative when `a` is earlier, 0 when neither is. Three numbers count, none at all is 0.0.0.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [toSemVer(a), toSemVer(b)];
  return left.compareMain(right) || left.comparePre(right);
}

function toSemVer(version: string): SemVer {
  const [numbers = '', ...preRelease] = version.replace(/\+.*/s, '').split('-');
  const semver = coerce(numbers, { loose: true }) ?? new SemVer('0.0.0');
  // Semver reads no `-01`, `-rc_1` or `-rc..2`, which people write in milestones; it compares them as any other.
  semver.prerelease = preRelease
    .join('-')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return semver;
}
