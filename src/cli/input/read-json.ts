import { constants, gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';

/**
 * Parses JSON as the shape says. Throws an `InputError` where it is not that.
 *
 * @param place `file:line`, for the error
 * @param expected what was expected there, for the error
 */
export function parseJson<T>(text: string, shape: z.ZodType<T>, place: string, expected: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${place}: not JSON (expected ${expected})`);
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [problem] = result.error.issues;
  throw new InputError(
    `${place}: ${problem?.path.join('.') || 'value'}: ${problem?.message} (expected ${expected})`,
  );
}

/** Reads a file of UTF-8, gzipped or not. Rejects with an `InputError` that says what was expected. */
export async function readTextFile(file: string, expected: string, io: Io): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await io.readFile(file);
  } catch {
    throw new InputError(`${file} cannot be read (expected ${expected})`);
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes);
    } catch {
      const line = lastLine(bytes);
      throw new InputError(`${file}:${line}: a gzip file that is cut off or damaged (expected ${expected})`);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${file}:1: not UTF-8 (expected ${expected})`);
  }
}

/** The last line that a damaged gzip file still gives. */
function lastLine(bytes: Uint8Array): number {
  try {
    const text = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
    return text.split('\n').length;
  } catch {
    return 1;
  }
}
