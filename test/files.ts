import type { Io } from '../src/cli/io.ts';

/** A world of files that exist only here, and what a command printed there. */
export function files(given: Readonly<Record<string, string | Uint8Array>> = {}): {
  readonly io: Io;
  readonly out: { stdout: string; stderr: string };
} {
  const out = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: (text) => {
      out.stdout += text;
    },
    stderr: (text) => {
      out.stderr += text;
    },
    readFile: async (path) => {
      const found = given[path];
      if (found === undefined) throw new Error(`ENOENT: ${path}`);
      return typeof found === 'string' ? new TextEncoder().encode(found) : found;
    },
    readDir: async (path) => {
      const prefix = path === '.' ? '' : `${path}/`;
      const below = Object.keys(given).filter((file) => file.startsWith(prefix));
      if (below.length === 0) throw new Error(`ENOENT: ${path}`);
      return [...new Set(below.map((file) => file.slice(prefix.length).split('/')[0] ?? ''))];
    },
  };
  return { io, out };
}
