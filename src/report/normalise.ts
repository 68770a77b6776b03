// What two reporters share of the same error.

/** Applied in this order to lower-case text; each takes out what differs from report to report. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\u001b\[[0-9;]*[a-z]/g, ''],
  [/\\{1,8}[nrt]/g, ' '],
  [/\\{1,8}"/g, '"'],
  [/[‘’‛]/g, "'"],
  [/[“”«»]/g, '"'],
  [/[–—]/g, '-'],
  [/"(?:type|error|message|msg|request_?id|timestamp|details?|reason|description|cause)"\s*:/g, ' '],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'`<>)\]]+/g, '<url>'],
  [/\b[a-z]:[\\/]{1,2}[^\s"'`<>|:)]*(?::\d+(?::\d+)?)?/g, '<path>'],
  [/(?<![\w.<])(?:~|\.{1,2}|\$\w+|%\w+%)?(?:[\\/]{1,2}[\w@.$+%~-]+){2,}[\\/]?(?::\d+(?::\d+)?)?/g, '<path>'],
  [/(?<![\w.<])(?:~|\.{1,2})[\\/][\w@.$+%~-]+/g, '<path>'],
  [
    /(?<![<\w])(?:[\w@.-]+\/)*[\w-]+\.(?:[cm]?[jt]sx?|rs|py|rb|go|java|kt|cs|php|swift|c|cc|cpp|h|hpp|json|ya?ml|toml|md|txt|log|exe|dll|so|lock|sh)\b(?::\d+(?::\d+)?)?/g,
    '<path>',
  ],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\blocalhost(?::\d+)?\b/g, '<address>'],
  [/\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/<path>:? \d+:\d+(?= )/g, '<path>:'],
  [/\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[ap]m\b)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b(?:req|msg|toolu|session|sess|run|call|org|chatcmpl)[_-][a-z0-9]{6,}\b/g, '<id>'],
  [/::h[0-9a-f]{16}\w*/g, ''],
  [/\b0x[0-9a-f]+\b/g, '<address>'],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+/g, '<name>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b/g, '<id>'],
];

const quoted = /"([^"\s]{1,60})"|(?<!\w)'([^'\s]{1,60})'(?!\w)|`([^`\s]{1,60})`/g;

/** Numbers that say what happened: statuses, exit codes, codes of JSON-RPC. */
const codes =
  /\b(?:http(?:\/\d(?:\.\d)?)?|status(?: code)?|code|errno|error(?: code)?|exit(?:ed)?(?: (?:with|code|status|with code|with status))?|signal|returned)[\s:=#(]{0,3}-?\d+\b|-32[67]\d\d\d?\b|\b(?:4\d\d|5[0-3]\d)\b/g;
/** A number by itself or with a unit; digits within a name (`x86_64`, `E0277`, `utf8`) stay. */
const numbers = /(?<![\w<])\d+(?:[.,:]\d+)*(?=(?:ms|s|m|h|[kmgt]i?b|k|px|x)?(?!\w))/g;

/**
 * An error line without what differs from report to report: paths, addresses, ids, times, quoted names and
 * numbers that are no codes become placeholders; lower case; Markdown and JSON marks gone; one space.
 */
export function normaliseError(line: string): string {
  let text = line.slice(0, 1000).toLowerCase();
  for (const [pattern, placeholder] of replacements) text = text.replace(pattern, placeholder);
  if (!/"[\w-]+"\s*:|[{}]/.test(text)) text = text.replace(quoted, '<name>');
  text = text.replace(/[{}",]+|[`*]+|\[\s*\]|(?<!\w)'|'(?!\w)/g, ' ');
  return withoutNumbers(text)
    .replace(/^[^\p{L}\p{N}<([]+/u, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:(?:<time>|\[(?:error|debug|fatal)\]|uncaught) ?)+/, '')
    .replace(/\bapi error:/g, 'error:')
    .replace(/\berror: (?:error:? )+/g, 'error: ')
    .replace(/[\s.,;:…([]+$/, '');
}

function withoutNumbers(text: string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(codes)) {
    out += text.slice(from, match.index).replace(numbers, '<n>') + match[0];
    from = match.index + match[0].length;
  }
  return out + text.slice(from).replace(numbers, '<n>');
}
