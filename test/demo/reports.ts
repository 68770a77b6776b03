/** What the demo's people write. Facts are those of public reports; every sentence is ours. */
export interface DemoReport {
  readonly title: string;
  readonly body: string;
  readonly author: string;
  /** What a person does to the issue a moment later. */
  readonly later?:
    | { readonly edit: { readonly title?: string; readonly body: string } }
    | { readonly comment: string };
}

/** Threads that were there before Signpost: where the failure is tracked, and two that were closed into it. */
export const threads: readonly {
  readonly number: number;
  readonly title: string;
  readonly duplicateOf?: number;
}[] = [
  { number: 46140, title: 'MCP connector: OAuth finishes, the Bearer token is never sent' },
  {
    number: 60260,
    title: 'Remote MCP server stays on "Needs authentication" after a successful sign-in',
    duplicateOf: 46140,
  },
  {
    number: 65408,
    title: 'Signed in to the MCP server, /mcp still asks to authenticate',
    duplicateOf: 60260,
  },
];

export const reports: readonly DemoReport[] = [
  {
    title: '[BUG] Linear MCP server stuck on "Needs authentication" although the login worked',
    author: 'mira-k',
    body: [
      'Added the server with `claude mcp add --transport http linear https://mcp.linear.app/mcp`, then `/mcp` and Authenticate.',
      '',
      'The browser opens, I sign in, and the page says "Authentication successful, you can close this window".',
      'Back in the terminal nothing has changed:',
      '',
      '```',
      '$ claude mcp list',
      'linear: https://mcp.linear.app/mcp (HTTP) - ! Needs authentication',
      '```',
      '',
      'Claude Code 2.1.210, macOS 15.5. @octocat said to ping #1, so here I am.',
    ].join('\n'),
  },
  {
    title: 'Connector completes OAuth but never sends the Bearer token',
    author: 'tomas-w',
    body: [
      'We run our own MCP server behind OAuth 2.1 with PKCE. From the access log of one attempt:',
      '',
      '```',
      'POST /register   201',
      'GET  /authorize  302',
      'POST /token      200',
      'POST /mcp        401   (no Authorization header)',
      '```',
      '',
      'So the flow completes, a token is issued, and the next request does not carry it. `/mcp` shows "needs authentication".',
      'Version 2.1.205 on Ubuntu 24.04.',
    ].join('\n'),
  },
  {
    title: '[BUG] MCP sign-in loop',
    author: 'priya-n',
    body: [
      '### Preflight Checklist',
      '',
      '- [x] I have searched existing issues and this is not a duplicate',
      '',
      "### What's Wrong?",
      '',
      'Signing in to our Notion server ends with the success page, yet Claude Code keeps the server in the needs authentication state. Reconnecting asks for the same sign-in again.',
      '',
      '### What Should Happen?',
      '',
      'The server should be connected after the sign-in.',
      '',
      '### Error Messages/Logs',
      '',
      '```shell',
      'Authentication successful, but server still requires authentication',
      '```',
      '',
      '### Steps to Reproduce',
      '',
      '1. claude mcp add --transport http notion https://mcp.notion.com/mcp',
      '2. /mcp, notion, Authenticate',
      '',
      '### Claude Code Version',
      '',
      '2.1.208 (Claude Code)',
      '',
      '### Operating System',
      '',
      'Windows',
      '',
      '### Terminal/Shell',
      '',
      '_No response_',
    ].join('\n'),
  },
  {
    title: 'MCP servers must be signed in to again every morning',
    author: 'jonas-b',
    body: 'OAuth works and the tools are there all day. After I quit and start Claude Code again the tokens are gone and every MCP server has to be authenticated once more. 2.1.190, Linux.',
  },
  {
    title: 'OAuth for a remote MCP server never opens a browser',
    author: 'lena-f',
    body: 'I add the server over SSE and choose Authenticate. No tab opens and no URL is printed, only `Connection failed: SSE error: Non-200 status code (401)`. Version 2.1.201, macOS.',
  },
  {
    title: '[FEATURE] Let me choose the colour of the status line',
    author: 'ade-o',
    body: 'A setting for the colour of the status line would help me to tell two terminals apart.',
  },
  {
    title: 'Typo in the quickstart',
    author: 'sofia-r',
    body: 'The second paragraph of the quickstart says "teh terminal".',
  },
  {
    title: '[BUG] Nothing works since today',
    author: 'kenji-m',
    body: 'I get an error on every prompt. Please fix.',
    later: {
      edit: {
        body: 'I get an error on every prompt, for an hour now:\n\n```\nAPI Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n```\n\nClaude Code 2.1.211, Windows 11, PowerShell.',
      },
    },
  },
  {
    title: 'Resizing the terminal kills my statusline script (SIGPIPE)',
    author: 'noor-h',
    body: 'Every time I resize the terminal the statusline command dies.\n\n```\nError: statusline command exited with signal SIGPIPE\nstatusline: write EPIPE at Socket._write (node:net:61:18)\n```\n\nClaude Code 2.1.209, Ubuntu 24.04.',
  },
  {
    title: 'Server in "needs authentication" after a successful login',
    author: 'olu-a',
    body: 'The login page says "Authentication successful", and `claude mcp list` still shows the server as needs authentication. Claude Code 2.1.207, Debian 12.',
    later: {
      comment:
        'Found it: our proxy strips the header, nothing is wrong with the client.\n\n/signpost not-this',
    },
  },
];

/** What else people reported before: the past in which an earlier report of the same problem is looked for. */
export const history: readonly Pick<DemoReport, 'title' | 'body'>[] = [
  {
    title: 'Statusline script killed with SIGPIPE when the terminal is resized',
    body: 'Resizing the window while the statusline script runs kills it:\n\n```\nstatusline: write EPIPE at Socket._write (node:net:61:18)\nError: statusline command exited with signal SIGPIPE\n```\n\nVersion 2.1.100 on Fedora 41.',
  },
  ...[
    ['scroll position jumps in the history view', 'I scroll up to read an answer'],
    ['clipboard paste drops newlines on Wayland', 'I paste a block of several lines'],
    ['the status bar shows a negative token count', 'a conversation was compacted'],
    ['voice input stops after ten seconds', 'I dictate a longer prompt'],
    ['resume picks the wrong conversation', 'two projects have the same folder name'],
    ['the diff view hides trailing whitespace', 'only spaces changed at line ends'],
    ['vim mode loses the register', 'I yank in one prompt and put in the next'],
    ['notifications sound twice', 'the window is in the background'],
    ['custom command with spaces in its name fails', 'the file name holds a space'],
    ['theme colours unreadable in solarized', 'the terminal uses the solarized palette'],
    ['hooks run in the wrong directory', 'the session was started in a subfolder'],
    ['search panel ignores the case setting', 'I search for an upper-case word'],
    ['exit code is zero after a failed hook', 'a hook ends with code 1 in CI'],
    ['the todo list is reordered after every edit', 'an entry in the middle is ticked off'],
    ['memory file is read twice', 'the file is linked from another one'],
    ['markdown tables are misaligned with emoji', 'a cell holds an emoji'],
    ['session export misses tool output', 'I export a long session'],
    ['interrupt shortcut conflicts with tmux', 'tmux has the same prefix key'],
  ].map(([title = '', when = '']) => ({
    title,
    body: `It happens when ${when}: ${title}. I expected it to work as documented.`,
  })),
];
