import type { z } from 'zod';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { parseJson, readTextFile } from './read-json.ts';

/**
 * Reads a file of JSON objects, one on each line, with the lines that they stand on. Rejects with an
 * `InputError`.
 */
export async function readLines<T>(
  file: string,
  shape: z.ZodType<T>,
  expected: string,
  io: Io,
): Promise<{ readonly value: T; readonly line: number }[]> {
  const text = await readTextFile(file, `${expected} on each line`, io);
  const rows = text.split('\n').flatMap((row, index) => {
    if (row.trim() === '') return [];
    return [{ value: parseJson(row, shape, `${file}:${index + 1}`, expected), line: index + 1 }];
  });
  if (rows.length === 0) throw new InputError(`${file}:1: nothing in it (expected ${expected} on each line)`);
  return rows;
}
