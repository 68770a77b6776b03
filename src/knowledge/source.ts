import type { Problem } from '../model/problem.ts';

/** The largest page or pack file that is read, in bytes. */
export const maxBytes = 256 * 1024;

/** Decodes a page or pack file; returns a problem when it is too large or not UTF-8. */
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

/** Makes a problem of severity `error` at an offset of a text. */
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
