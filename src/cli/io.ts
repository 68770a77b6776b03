import { readdir, readFile } from 'node:fs/promises';
import type { EnvironmentProblem } from '../process/environment.ts';
import { InputError } from './input-error.ts';

/** What a command may touch of the world: so much, and no more. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Rejects with the system's error when there is no such file. `-` is standard input. */
  readFile(path: string): Promise<Uint8Array>;
  /** Names of the entries of a folder. */
  readDir(path: string): Promise<readonly string[]>;
}

/** The process's own streams and files. */
export function createIo(): Io {
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    readFile: (path) => (path === '-' ? readAll(process.stdin) : readFile(path)),
    readDir: (path) => readdir(path),
  };
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads a file as text. Rejects with an `InputError` that says what was expected: `what`. */
export async function readUtf8(path: string, what: string, io: Io): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await io.readFile(path));
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
    throw new InputError(`${path} ${why} (expected ${what})`);
  }
}

/** Says what is wrong with the settings, a line each; returns the exit code. */
export function refuse(problems: readonly EnvironmentProblem[], io: Io): 2 {
  for (const { variable, message } of problems) io.stderr(`signpost: ${variable} ${message}\n`);
  return 2;
}
