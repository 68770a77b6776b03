import type { Fact } from '../model/report.ts';

const platforms: readonly (readonly [RegExp, string])[] = [
  [/\(wsl/, 'wsl'],
  [/^windows/, 'windows'],
  [/^mac/, 'macos'],
  [/^ios\b/, 'ios'],
  [/^android/, 'android'],
  [/bsd\b/, 'bsd'],
];

/**
 * The family of a fact's value, in lower case: `macOS 15.5` → `macos`, `Fedora 41` → `linux`, `Node.js
 * 20.11.0` → `node.js`. Windows with WSL is `wsl`.
 */
export function familyOf({ kind, value }: Pick<Fact, 'kind' | 'value'>): string {
  const folded = value.toLowerCase();
  if (kind === 'platform') return platforms.find(([pattern]) => pattern.test(folded))?.[1] ?? 'linux';
  return folded.replace(/\s+v?\d[\w.]*$/, '');
}
