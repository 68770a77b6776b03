import type { z } from 'zod';
import type { Io } from '../io.ts';
import { InputError } from './input-error.ts';
import { parse, readMaybeGzipped } from './read-issues.ts';

/** The objects of a file with one on each line. */
export async function readLines<T>(
  file: string,
  shape: z.ZodType<T>,
  expected: string,
  io: Io,
): Promise<{ readonly value: T; readonly line: number }[]> {
  const text = await readMaybeGzipped(file, `${expected} on each line`, io);
  const rows = text.split('\n').flatMap((row, index) => {
    if (row.trim() === '') return [];
    return [{ value: parse(row, shape, `${file}:${index + 1}`, expected), line: index + 1 }];
  });
  if (rows.length === 0) throw new InputError(`${file}:1: nothing in it (expected ${expected} on each line)`);
  return rows;
}
