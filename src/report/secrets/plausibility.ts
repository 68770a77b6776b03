// Tells real credentials from strings that stand for one.

/** Shortened, masked, or said to be none. */
const placeholder =
  /x{4,}|\*{3,}|\.{3}|…|•{2,}|0{8,}|<[\w .-]{1,40}>|\{\{?[\w .-]{1,40}\}|\[[a-z _-]{1,40}\]|example|placeholder|redacted|removed|your[-_ ]?|my[-_](?:api|secret|token|key)|dummy|sample|change[-_]?(?:me|it)|replace|insert|[-_ ]here$|lorem/i;
const variable =
  /^[$%]|\$\{|\$\(|^(?:process\.env|os\.environ|env|secrets|import\.meta)\b[.[(]|^(?:null|none|nil|undefined|true|false)$/i;

/**
 * Printed in public documentation: the token of every introduction to JWT, the keys of emulators of Azure.
 */
const published = /eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwi|Eby8vdM02xNOcqFl|C2y6yDjf5\/R/;

/** True for shortened keys, examples of documentation and names of variables: nobody has to revoke them. */
export function isPlaceholder(value: string): boolean {
  if (placeholder.test(value) || variable.test(value) || published.test(value)) return true;
  const tail = value.slice(-40);
  return (value.length >= 8 && new Set(tail).size < 5) || isSequence(tail);
}

/** `abcdef123456`: more than half of the characters are the one after the one before. */
function isSequence(value: string): boolean {
  let steps = 0;
  for (let index = 1; index < value.length; index += 1)
    if (value.charCodeAt(index) === value.charCodeAt(index - 1) + 1) steps += 1;
  return value.length >= 6 && steps > value.length / 2;
}

/**
 * True for what a generator wrote: letters and digits that change kind often, `a3f9…` or `Zx8Kq…`. False for
 * names, words, dates, numbers and camel case.
 */
export function isRandom(value: string): boolean {
  if (isPlaceholder(value)) return false;
  const head = value.slice(0, 128);
  if (new Set(head).size < 7) return false;
  const digits = head.replace(/\D+/g, '').length;
  const letters = head.replace(/[^A-Za-z]+/g, '').length;
  const changes = head.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|\d(?=[A-Za-z])/g)?.length ?? 0;
  // Without digits only what changes case far more often than any name does.
  if (digits < 2) return head.length >= 20 && changes >= head.length * 0.45;
  return letters >= 2 && changes >= Math.max(3, head.length / 10);
}

const weak =
  /^(?:my|db|the|some|a)?[-_]?(?:test|demo|user(?:name)?|admin|root|guest|pass|passw0?rd|pw|secret|token|default|qwerty|letmein|postgres|mysql|redis|mongo|dev|local|asdf|string|hash|hashed)(?:[-_]?\w{0,4})?[!.]?$/i;
const code =
  /[()]|^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$|^(?:string|number|boolean|required|optional|str|int)\b|=>|:\/\//;

/** True for words that stand for a password in examples and local set-ups. */
export function isWeakPassword(value: string): boolean {
  return weak.test(value);
}

/** True for a password: two kinds of characters, no code, no word that stands for one. */
export function isPassword(value: string): boolean {
  if (
    value.length < 6 ||
    value.length > 128 ||
    isPlaceholder(value) ||
    isWeakPassword(value) ||
    code.test(value)
  )
    return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && /\d|[!@#$%^&*?+=~]/.test(value) && /[A-Za-z]/.test(value);
}
