import type { SecretRegion } from './redact.ts';

const begin = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const maxLength = 12_000;

/**
 * Finds private keys in PEM: of any length and kind, in quotes, in JSON with `\n`, or without their end (then
 * as far as lines of base64 go). A frame around dots or a word is none.
 */
export function scanPrivateKeys(text: string): SecretRegion[] {
  const found: SecretRegion[] = [];
  let until = 0;
  for (const match of text.matchAll(begin)) {
    if (match.index < until) continue;
    const from = match.index + match[0].length;
    const rest = text.slice(from, from + maxLength);
    const close = end.exec(rest);
    until = from + (close === null ? bodyLength(rest) : close.index + close[0].length);
    const content = text
      .slice(from, close === null ? until : from + close.index)
      .replace(/\\{1,8}[nr]|[^A-Za-z0-9+/=.]/g, '');
    if (content.length < 40 || /\.{3}|x{8,}/i.test(content) || new Set(content).size < 16) continue;
    found.push({ type: 'private-key', start: match.index, end: until });
  }
  return found;
}

/** How far lines of base64 go on at the start of a text. */
function bodyLength(text: string): number {
  return /^(?:(?:\s|\\[nr]|[>"'|])*[A-Za-z0-9+/=]{16,})*/.exec(text)?.[0].length ?? 0;
}
