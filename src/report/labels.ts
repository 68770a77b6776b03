// Headings that people and forms put above an answer. They are the template's words, not the reporter's.

const common = `
actual behavior|actual behaviour|actual result|actual results|actual|acceptance criteria|additional context|
additional details|additional info|additional information|additional notes|additional screenshots|
alternative solutions|alternatives|alternatives considered|analysis|anything else|background|backtrace|behavior|
benefits|bug|bug description|bug report|can you reproduce this?|category|checklist|claude code version|
claude model|code of conduct|command|command line|component|conclusion|configuration|context|console output|
current behavior|current behaviour|debug information|debug log|describe the bug|description|
describe alternatives you've considered|describe the solution you'd like|desired behavior|details|device|
diagnostic information|diagnostics|documentation location|documentation type|environment|
environment details|environment info|environment information|error|error logs|error message|
error message/logs|error messages|error messages/logs|error output|errors|evidence|example|examples|
expected|expected behavior|expected behaviour|expected result|expected results|expected vs actual|
feature category|feature description|feature request|files affected|how to reproduce|impact|implementation|
install method|installation method|
implementation details|implementation notes|information|investigation|is there an existing issue for this?|
is this a regression?|issue|last working version|log output|logs|meta|minimal reproduction|model|motivation|
notes|observed behavior|observed behaviour|operating system|os|os version|output|permission mode|
platform|platform information|possible cause|possible fix|possible solution|preflight checklist|
prerequisites|priority|problem|problem description|problem statement|proposal|proposed fix|
proposed implementation|proposed solution|provider|question|references|regression|related|related issues|
relevant conversation|relevant log output|relevant logs|repro steps|reproducible example|reproduction|
reproduction rate|reproduction steps|requested feature|request|root cause|root cause analysis|runtime|
screenshots|screenshots/videos|section/topic|severity|shell|solution|stack trace|steps to reproduce|
steps to reproduce the bug|steps to reproduce the issue|suggested fix|suggested fixes|suggested improvement|
suggested improvements|suggested solution|suggestion|summary|system info|system information|
technical details|terminal|terminal/shell|test results|testing|tl;dr|type of behavior issue|use case|
use case example|use cases|user impact|user story|verification|version|version information|versions|
what actually happened|what claude actually did|what did you do?|what did you expect to happen?|
what did you expect?|what happened|what happened?|what i expected|what should happen?|
what you asked claude to do|what's wrong or missing?|what's wrong?|which version are you using?|
what version are you using?|which operating system are you using?|why is this needed?|workaround|workarounds|
your environment
`;

const known: ReadonlySet<string> = new Set(
  common
    .replaceAll('\n', '')
    .split('|')
    .filter((label) => label !== ''),
);

/** The first words of all known labels, with and without what ends them. */
const firstWords: ReadonlySet<string> = new Set(
  [...known].flatMap((label) => {
    const word = label.split(' ')[0] ?? '';
    return [word, `${word}:`, word.replace(/\?$/, '')];
  }),
);

/** The length of the longest known label. */
const longest = Math.max(...[...known].map((label) => label.length));

/** A heading without what differs between writers: case, marks, emoji, numbering, colon, curly quotes. */
export function plainLabel(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[*_`#]/g, '')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^\d{1,2}[.)] /, '')
    .replace(/[\s:]+$/, '')
    .replace(/\s+/g, ' ');
}

/** True when the heading is one of those that forms and habit put above an answer. */
export function isKnownLabel(heading: string): boolean {
  const plain = plainLabel(heading);
  return known.has(plain) || known.has(`${plain}?`);
}

/**
 * How many characters of `text` the longest known label at its start takes; 0 when there is none. For texts
 * whose line breaks were lost, where nothing else separates a heading from what follows.
 */
export function knownLabelLength(text: string): number {
  let label = '';
  let length = 0;
  for (const { 0: word, index } of text.slice(0, 120).matchAll(/\S+/g)) {
    const plain = plainWord(word);
    // Emoji and numbers may stand before the first word.
    if (label === '' && (plain === '' || /^\d{1,2}[.)]$/.test(plain))) continue;
    if (label === '' ? !firstWords.has(plain) : /^[`#]/.test(word) || label.length > longest) break;
    label = label === '' ? plain : `${label} ${plain}`;
    const bare = label.replace(/:$/, '');
    if (known.has(bare) || known.has(`${bare}?`)) length = index + word.length;
  }
  return length;
}

function plainWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[*_`]/g, '')
    .replace(/^[^\p{L}\p{N}]+/u, '');
}
