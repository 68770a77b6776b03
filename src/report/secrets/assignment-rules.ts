// Credentials behind a name: variables, settings, options, in shells, JSON, YAML, XML, Markdown and prose.

import type { ContextRule } from './context-rule.ts';
import { isPassword, isPlaceholder, isRandom } from './plausibility.ts';

/** What stands between a name and its value: `=`, `: `, `] = "`, `">`, ` | `, `:** `, escaped or not. */
const assignment = String.raw`(?:[_-][A-Za-z0-9]{1,20}){0,2}[\\"'${'`'}*_]{0,3}\]?(?:[ \t]{0,3}:[ \t]?(?:string|str|String))?[ \t]{0,3}(?:=>|:=|=|\||>|：|:(?!:)(?:\r?\n[ \t]{1,12})?|,(?=[ \t]?["'])|["'][ \t]value=)[*_]{0,2}[ \t]{0,3}(?:&quot;|[\\"'${'`'}]{0,3})`;

const passwordNames =
  'password|passwd|passphrase|pwd|PASSWORD|PASSWD|PASSPHRASE|PWD|Password|Passwd|Passphrase|Pwd|_pass|_PASS|[Pp]asswort|[Kk]ennwort|[Cc]ontraseña|[Mm]ot de passe|[Ss]enha|[Пп]ароль|密码|密碼|パスワード|비밀번호';
const keyNames = [
  'api[ _-]?key',
  'secret(?:[ _-]?(?:key|access[ _-]?key|token))?',
  '(?:access|account|private|encryption|signing|master|license|subscription|session|primaryapi|service[_-]?role)[ _-]?key(?:[ _-]?id)?',
  '(?<!next[_-]?|page[_-]?|continuation[_-]?|cursor[_-]?|sync[_-]?|cancel[_-]?|cancellation[_-]?|max[_-]?)token',
  'credentials?',
  'sas',
  '_auth(?:token)?',
  'x-api-key',
  'connection[ _-]?string',
  '(?<=[a-z])[_-]pat(?![a-z])',
].join('|');

/** Long values: letters, digits and what base64, JWT and URLs add. */
export const tokenShape = /[\w.~+/=:@!#%^&*-]{8,400}/y;
/** Short values end where a language or a sentence would end them. */
const passwordShape = /[^\s"'`,;<>(){}[\]\\|&]{6,128}/y;

export const isLongToken = (value: string): boolean => value.length >= 16 && isRandom(value);

/** `name: API_TOKEN`, then `value: `, on the next line or behind a comma, in quotes or not. */
function nameAndValue(names: string): RegExp {
  const quote = '[\\\\"\']{0,2}';
  return new RegExp(
    `\\b(?:name|key)${quote}\\s{0,3}[:=]\\s{0,3}${quote}[\\w.-]{0,60}?(?:${names})(?:[_-][\\w.-]{0,20})?${quote}\\s{0,3},?\\s{0,20}${quote}value${quote}\\s{0,3}[:=]\\s{0,3}${quote}(?:(?:bearer|basic|token) )?`,
    'gi',
  );
}

export const assignmentRules: readonly ContextRule[] = [
  {
    type: 'password',
    before: new RegExp(
      `(?:^|[^A-Za-z])(?:[A-Za-z0-9]{1,30}[_-]){0,4}[A-Za-z]{0,20}?(?:${passwordNames})${assignment}`,
      'g',
    ),
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'api-key',
    before: new RegExp(`(?:${keyNames})${assignment}`, 'gi'),
    value: tokenShape,
    accept: isLongToken,
  },
  // `"auth": "…"` of Docker's settings
  {
    type: 'basic-auth',
    before: /"auth"\s{0,3}:\s{0,3}"/g,
    value: /[\w+/=-]{12,400}(?=")/y,
    accept: isEncodedPair,
  },
  // Windows and fish set variables with a blank.
  {
    type: 'api-key',
    before: /\bset(?:x| -\w{1,4}) \w{0,40}(?:KEY|TOKEN|SECRET)\w{0,20} ["']?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'api-key',
    before: /(?:^|[\s'"`])--?(?:api-?key|token|secret|access-token|auth-token|private-token|key)[ =]["']?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'password',
    before: /(?:^|[\s'"`])--?(?:password|passwd|pass)[ =]["']?/gi,
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'password',
    before:
      /\b(?:mysql|mysqldump|mysqladmin|mariadb|sshpass|(?:docker|podman|az|oc) login|redis-cli|mongosh|sqlcmd|ssh-keygen)\b[^\n]{0,120}?\s-[paPN] ?["']?/g,
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'password',
    before: /\bConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?["']|\s-pass(?:in|out)? pass:|\s\/pass:/gi,
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'api-key',
    before: /"apiKeyHelper"\s{0,3}:\s{0,3}"(?:echo|printf) {1,3}(?:\\?["'])?/g,
    value: tokenShape,
    accept: isLongToken,
  },
  // Two lines of a setting of Kubernetes, two members of a request that a browser recorded.
  {
    type: 'api-key',
    before: nameAndValue('key|token|secret|auth|authorization|credential'),
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'password',
    before: nameAndValue('password|passwd|pwd|passphrase'),
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'password',
    before: /\b(?:password|passwort|passcode|passphrase) (?:is|was):? ["'`]?/gi,
    value: passwordShape,
    accept: isPassword,
  },
  {
    type: 'api-key',
    before: /\b(?:key|token|secret) (?:is|was):? ["'`]?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'npm-token',
    before: /:_(?:authToken|auth|password)[ \t]?=[ \t]?["']?/g,
    value: tokenShape,
    accept: (value) => value.length >= 12 && !isPlaceholder(value),
  },
  {
    type: 'password',
    before: /\bmachine\s{1,4}\S{1,200}\s{1,4}login\s{1,4}\S{1,200}\s{1,4}password\s{1,4}/g,
    value: passwordShape,
    accept: (value) => !isPlaceholder(value),
  },
  // ~/.claude.json keeps the last twenty characters of keys that were approved or rejected.
  {
    type: 'anthropic-key',
    before: /\\?"(?:approved|rejected)\\?"\s{0,4}:\s{0,4}\[\s{0,40}/g,
    value: /\\?"[\w\s",\\-]{20,2000}"/y,
    accept: (value) => value.split(/[^\w-]+/).some((part) => part.length === 20 && isRandom(part)),
  },
];

/** True for base64 of `user:password`. */
export function isEncodedPair(value: string): boolean {
  if (isPlaceholder(value)) return false;
  const plain = fromBase64(value);
  const colon = plain.indexOf(':');
  return colon > 0 && plain.length - colon > 4 && !/^[\w.-]+:(?:pass(?:word)?|secret|test)$/i.test(plain);
}

/** Base64 as text; empty for what is none. */
export function fromBase64(value: string): string {
  try {
    return atob(value.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
