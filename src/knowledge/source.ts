import type { Problem } from '../model/problem.ts';

/** Pages and pack files larger than this are refused, in bytes. */
export const maxBytes = 256 * 1024;

/** The text of a file that people write, or the problem that it has none. */
export function readText(file: string, bytes: Uint8Array | string): { text: string } | { problem: Problem } {
  const size = typeof bytes === 'string' ? bytes.length : bytes.byteLength;
  if (size > maxBytes) {
    const message = `the file is ${Math.ceil(size / 1024)} KiB long`;
    return { problem: problemAt(file, '', 0, message, `at most ${maxBytes / 1024} KiB`) };
  }
  if (typeof bytes === 'string') return { text: bytes };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes)) return { text };
  const message = 'the file is not UTF-8';
  return { problem: problemAt(file, text, text.indexOf('\ufffd'), message, 'a file saved as UTF-8') };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A problem of severity `error` at an offset of a text. */
export function problemAt(
  file: string,
  text: string,
  offset: number,
  message: string,
  expected: string,
): Problem {
  const before = text.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return { file, line, column, message, expected, severity: 'error' };
}
