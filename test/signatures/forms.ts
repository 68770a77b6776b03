/** A report as somebody tells it. */
export interface Given {
  readonly title: string;
  readonly body: string;
  readonly signature?: string;
}

const two =
  'Before this I had worked for two hours on another part of the project without any trouble, with the usual plugins switched on and a clean checkout. ';
const daily =
  'I use Claude Code every day for a TypeScript monorepo, two or three sessions in parallel, each in a tab of its own. I restarted the machine, updated to the latest version and tried again with a new session. The settings are the defaults except for the theme and two hooks that format code. ';
const trace = Array.from(
  { length: 5 },
  (_, n) =>
    `{"error":"Error\\n    at ab (/$bunfs/root/claude:59:1143)\\n    at emit (node:events:92:22)\\n    at endReadableNT (internal:streams/readable:861:50)\\n    at request (/$bunfs/root/claude:62:2147)\\n    at processTicksAndRejections (native:7:39)","timestamp":"2025-12-1${n}T23:26:58.825Z"}`,
);

/** As much of a text as brings a report to some 2,500 characters. */
function fill(text: string, body: string): string {
  return text.repeat(12).slice(0, Math.max(0, 1800 - body.length));
}

function sections(answers: readonly (readonly [string, string])[]): string {
  return answers.map(([label, answer]) => `### ${label}\n\n${answer}`).join('\n\n');
}

/** A report inside a form of today. */
function today(body: string): string {
  return sections([
    ['Preflight Checklist', '- [x] I have searched existing issues\n- [x] This is a single bug report'],
    ["What's Wrong?", body],
    ['What Should Happen?', 'It should work as it did last month, without me doing anything about it.'],
    ['Error Messages/Logs', '```shell\n\n```'],
    ['Steps to Reproduce', `1. open a terminal\n2. start claude\n3. see above\n\n${fill(two, body)}`],
    ['Claude Model', 'Sonnet (default)'],
    ['Is this a regression?', 'Yes, this worked in a previous version'],
    ['Claude Code Version', '2.1.7 (Claude Code)'],
    ['Platform', 'Anthropic API'],
    ['Operating System', 'macOS'],
    ['Terminal/Shell', 'iTerm2'],
    ['Additional Information', '_No response_'],
  ]);
}

/** Forms that reports come in, each of some 2,500 characters, their words not about any failure. */
export const forms: Readonly<Record<string, (body: string) => string>> = {
  today,
  'told in the last answer': (body) =>
    sections([
      ["What's Wrong?", 'Please read the last answer, I have put everything there.'],
      ['Steps to Reproduce', fill(daily, body)],
      ['Operating System', 'Ubuntu/Debian Linux'],
      ['Terminal/Shell', 'VS Code integrated terminal'],
      ['Additional Information', body],
    ]),
  'of last year': (body) =>
    `## Environment\n- Platform (select one):\n  - [x] Anthropic API\n  - [ ] AWS Bedrock\n  - [ ] Google Vertex AI\n- Claude CLI version: 1.0.44\n- Operating System: macOS 15.5\n- Terminal: iTerm2\n\n## Bug Description\n${body}\n\n## Steps to Reproduce\n1. ${fill(daily, body)}\n\n## Expected Behavior\nIt works.\n\n## Actual Behavior\nIt does not.\n\n## Additional Context\nNone`,
  'sent by the tool itself': (body) =>
    `**Bug Description**\n${body}\n\n**Environment Info**\n- Platform: darwin\n- Terminal: iTerm.app\n- Version: 2.0.61\n- Feedback ID: 0b6a1c3e-7f2a-4a55-9d5e-5e0a0f1b2c3d\n\n**Errors**\n\`\`\`json\n[${trace.join(',')}]\n\`\`\``,
  'with its line breaks lost': (body) => today(body).replace(/\s+/g, ' '),
};
