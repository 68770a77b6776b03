// Credentials that requests carry: headers, cookies, and what stands in a URL before the host or behind `?`.
import { isEncodedPair, isLongToken, tokenShape } from './assignment-rules.ts';
import type { ContextRule } from './context-rule.ts';
import { isPassword, isPlaceholder, isRandom, isWeakPassword } from './plausibility.ts';

const cookieShape = /[^\n"'`]{16,4000}/y;
const databases =
  'postgres(?:ql)?|postgis|mysqlx?|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|cassandra|neo4j(?:\\+s)?|bolt|kafka|nats|ldaps?|smtps?|snowflake|oracle|couchdb|influxdb|elasticsearch';
const sessions =
  'sessionid|session_id|sessionKey|connect\\.sid|PHPSESSID|JSESSIONID|__Secure-[\\w.-]{1,60}|__Host-[\\w.-]{1,60}|cf_clearance|li_at|laravel_session|auth_session';

export const requestRules: readonly ContextRule[] = [
  {
    type: 'api-key',
    before:
      /\b(?:x-api-key|api-key|apikey|private-token|job-token|x-auth-token|x-access-token|x-vault-token|x-functions-key|ocp-apim-subscription-key|x-goog-api-key|x-figma-token|dd-api-key)["']{0,2}[ \t]{0,3}[:=][ \t]{0,3}["']?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'api-key',
    before:
      /\bx-(?!idempotency|cache|request|trace|partition)[a-z-]{0,30}(?:auth|key|token|secret|credential)(?:-[a-z]{1,20})?["']{0,2}[ \t]{0,3}[:=][ \t]{0,3}["']?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  { type: 'bearer-token', before: /\bbearer["']?[ \t:]{1,4}["']?/gi, value: tokenShape, accept: isBearer },
  {
    type: 'basic-auth',
    before: /\bauthorization["']{0,2}[ \t]{0,3}[:=][ \t]{0,3}["']?(?:basic|token|apikey|digest)[ \t]{1,4}/gi,
    value: tokenShape,
    accept: (value) => isEncodedPair(value) || isLongToken(value),
  },
  {
    type: 'api-key',
    before: /\bauthorization["']{0,2}[ \t]{0,3}[:=][ \t]{0,3}["']?/gi,
    value: tokenShape,
    accept: isLongToken,
  },
  {
    type: 'basic-auth',
    before: /\bcurl\b(?:[^\n\\^]|[\\^]\r?\n?){0,400}?\s(?:-u|--user)[ =]?["']?(?=[^\s"':]{1,100}:)/g,
    value: /[^\s"']{4,200}/y,
    accept: isPair,
  },
  {
    type: 'basic-auth',
    before: /\b(?:https?|xh|httpie) [^\n]{0,200}?(?<=\s)(?:-a|--auth)[ =]["']?(?=[^\s"':]{1,100}:)/g,
    value: /[^\s"']{4,200}/y,
    accept: isPair,
  },
  // A token in the place of the user; what stands there for Sentry is public.
  {
    type: 'access-token',
    before: /\bhttps?:\/\//gi,
    value: /[\w.~-]{20,300}(?=@(?![\w.-]{0,40}sentry)[\w[])/y,
    accept: isRandom,
  },
  {
    type: 'basic-auth',
    before: /\b(?:https?|socks[45]h?|ftps?|sftp|ssh|git|svn|ws|wss):\/\/(?=[^\s/:@"'<>]{0,100}:)/gi,
    value: /[^\s/"'<>]{3,300}(?=@[\w[])/y,
    accept: isPair,
  },
  {
    type: 'database-url',
    before: new RegExp(`\\b(?:jdbc:)?(?:${databases})(?:\\+\\w{1,20})?://(?=[^\\s/:@"'<>]{0,100}:)`, 'gi'),
    value: /[^\s/"'<>]{2,300}(?=@)/y,
    accept: isPair,
  },
  {
    type: 'cookie',
    before: /\b(?:set-)?cookie["']{0,2}[ \t]{0,3}[:=][ \t]{0,3}["']?(?=[^\n=]{1,80}=)/gi,
    value: cookieShape,
    accept: isCookie,
  },
  {
    type: 'cookie',
    before: /\bcurl\b(?:[^\n\\^]|[\\^]\r?\n?){0,400}?\s(?:-b|--cookie)[ =]?["']?(?=[^\n=]{1,80}=)/g,
    value: cookieShape,
    accept: isCookie,
  },
  {
    type: 'cookie',
    before: new RegExp(`\\b(?:${sessions})=`, 'g'),
    value: /[\w.%+/=~:-]{16,4000}/y,
    accept: isRandom,
  },
  {
    type: 'cookie',
    before: /\bcookies?["']?\s{0,2}[:=]\s{0,2}\{[^}\n]{0,300}?:\s{0,2}["']/gi,
    value: cookieShape,
    accept: isLongToken,
  },
  {
    type: 'cookie',
    before: /["']name["']\s{0,3}:\s{0,3}["'](?:set-)?cookie["'],\s{0,20}["']value["']\s{0,3}:\s{0,3}["']/gi,
    value: cookieShape,
    accept: isCookie,
  },
  // The code that an identity provider sends back with the state.
  {
    type: 'access-token',
    before: /[?&]code=(?=[^\s"'&]{20,2000}&(?:[^\s"'&]{1,200}&){0,3}state=)/g,
    value: /[\w.~%+/=-]{20,2000}/y,
    accept: isLongToken,
  },
  {
    type: 'access-token',
    before:
      /[?&](?:access_token|auth_token|token|api_?key|apikey|key|secret|client_secret|refresh_token|id_token|sig)=/gi,
    value: /[\w.~%+/=-]{6,2000}/y,
    accept: isLongToken,
  },
  {
    type: 'access-token',
    before: /[?&](?:password|passwd|pwd)=/gi,
    value: /[^\s&"'<>)]{6,128}/y,
    accept: isPassword,
  },
];

function isBearer(value: string): boolean {
  if (value.length < 16 || isPlaceholder(value)) return false;
  return isRandom(value) || (value.length >= 30 && /\d/.test(value));
}

/** `user:password` of which the password is one; where a password must stand, a long word counts too. */
function isPair(value: string): boolean {
  const colon = value.indexOf(':');
  const [user, password] = [value.slice(0, colon), decode(value.slice(colon + 1))];
  const port = /^(?:\d{2,5}|x-oauth-basic)$/.test(password);
  if (port || password.length < 4 || user === password || isPlaceholder(password) || isWeakPassword(password))
    return user.length > 16 && isRandom(user);
  return isPassword(password) || /[a-z][A-Z]|[A-Z][a-z]|\d/.test(password) || password.length >= 12;
}

function isCookie(value: string): boolean {
  return value.split(/;\s*/).some((pair) => {
    const content = pair.slice(pair.indexOf('=') + 1).trim();
    const parts = content.split(/[^\w%+/=-]+/);
    return (
      pair.includes('=') && content.length >= 16 && parts.some((part) => part.length >= 12 && isRandom(part))
    );
  });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
