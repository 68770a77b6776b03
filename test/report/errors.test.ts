import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/report/index.ts';

const read = (body: string) => readReport({ title: '', body });
const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\`\n`;
const errorsOf = (body: string) => read(body).errors.map(({ start, end }) => body.slice(start, end));
const normalised = (line: string) => read(fenced(line)).errors.map(({ normalised }) => normalised);

describe('error lines', () => {
  test.each([
    'Error: listen EADDRINUSE: address already in use :::3000',
    "TypeError: Cannot read properties of undefined (reading 'map')",
    'java.lang.IllegalStateException: closed',
    'error[E0277]: the trait bound `T: Copy` is not satisfied',
    "thread 'main' panicked at src/main.rs:3:5:",
    'fatal: could not read Username',
    'npm ERR! code ERESOLVE',
    '✘ [ERROR] Could not resolve "x"',
    'panic: runtime error: index out of range',
    'Segmentation fault (core dumped)',
    'Command failed with exit code 127',
    'HTTP/1.1 503 Service Unavailable',
    'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    '2026-01-02T03:04:05Z [ERROR] it broke',
    'Traceback (most recent call last):',
    'claude: command not found',
    'MCP server failed to connect',
    'Request timed out after 60 seconds',
  ])('in output: %s', (line) => expect(errorsOf(fenced(`ok\n${line}\nfine`))).toEqual([line]));

  test.each([
    'all tests passed, 0 errors'.replace(', 0 errors', ''),
    'listening on port 3000',
    '    at run (/srv/app/main.js:1:2)',
    '} catch (error) {',
    'if (!found) return missing;',
    'No errors',
    'N/A - there was no error message',
    'host: x86_64-unknown-linux-gnu',
  ])('not in output: %s', (line) => expect(errorsOf(fenced(line))).toEqual([]));

  test('in prose the sentence, or what it quotes', () => {
    const body =
      'I start it and wait. It says Error: no such tenant here. Then I see "Connection refused by peer" twice, or `Invalid bearer token` once. It cannot be right.';
    expect(errorsOf(body)).toEqual([
      'It says Error: no such tenant here.',
      'Connection refused by peer',
      'Invalid bearer token',
    ]);
  });

  test('the messages of a JSON list of errors, each by itself', () => {
    const body = fenced(
      '[{"error":"Error: Request was aborted.\\n    at a (b.js:1:2)","timestamp":"2026-01-02T03:04:05.678Z"},{"error":"AxiosError: Request failed with status code 403\\n    at c (d.js:3:4)","timestamp":"2026-01-02T03:04:06.789Z"}]',
    );
    expect(errorsOf(body)).toEqual([
      'Error: Request was aborted.',
      'AxiosError: Request failed with status code 403',
    ]);
  });
});

describe('two reports of one error compare equal', () => {
  test.each([
    [
      "Error: ENOENT: no such file or directory, open '/Users/ann/.claude/x.json'",
      "Error: ENOENT: no such file or directory, open 'C:\\Users\\bob\\y.json'",
    ],
    [
      '2026-01-02 03:04:05 [ERROR] Connection to 10.0.0.1:8080 refused',
      '2025-11-12T13:14:15.123Z [ERROR] Connection to 192.168.1.9:99 refused',
    ],
    [
      'Error: Prompt is too long: 200123 tokens > 200000 maximum',
      'Error: prompt is too long: 211456 tokens > 200000 maximum.',
    ],
    [
      'API Error: 400 {"type":"error","error":{"type":"invalid_request_error","message":"Could not process image"},"request_id":"req_011CVa1aA2bB"}',
      'API Error: 400 {"type":"error","error":{"type":"invalid_request_error","message":"Could not process image"},"request_id":"req_011CXyZ9zz9z"}',
    ],
    [
      'main.rs:4:5: 4:21 error: unresolved name `foo`',
      '/home/x/src/lib.rs:14:1: 15:2 error: unresolved name `bar`',
    ],
    ['Error: Shell "a1b2" exited with code 1 after 300ms', 'Error: Shell “zz” exited with code 1 after 12ms'],
    [
      '**Error:** session 6f9619ff-8b86-d011-b42d-00cf4fc964ff not found',
      'Error: session 00000000-8b86-d011-b42d-00cf4fc96400 not found',
    ],
    [
      'rustc: fatal runtime error: assert failed at 0x7fff5fbff8c0',
      'rustc: fatal runtime error: assert failed at 0xdeadbeef',
    ],
  ])('%s', (one, other) => {
    expect(normalised(one)).toHaveLength(1);
    expect(normalised(one)).toEqual(normalised(other));
  });

  test.each([
    ['Error: Request failed with status code 401', 'Error: Request failed with status code 403'],
    ['Command failed with exit code 1', 'Command failed with exit code 127'],
    ['error[E0277]: not satisfied', 'error[E0308]: not satisfied'],
    ['Error: Server error -32600 from peer', 'Error: Server error -32000 from peer'],
    ['Error: connect refused', 'Error: connect timed out'],
  ])('but not %s and %s', (one, other) => expect(normalised(one)).not.toEqual(normalised(other)));
});

describe('stack frames', () => {
  test.each([
    ['at Object.run [as call] (/srv/app/src/main.js:10:22)', 'Object.run [as call]', 'src/main.js'],
    ['at async file:///opt/lib/node_modules/x/cli.js:3:4', '', 'x/cli.js'],
    ['at processTicksAndRejections (native:7:39)', 'processTicksAndRejections', 'native'],
    ['at com.acme.Widget.spin(Widget.java:42)', 'com.acme.Widget.spin', 'Widget.java'],
    [
      'at Acme.Core.Widget.Spin(Int32 n) in C:\\src\\Core\\Widget.cs:line 42',
      'Acme.Core.Widget.Spin',
      'Core/Widget.cs',
    ],
    ['File "/usr/lib/python3/site-packages/x/y.py", line 3, in turn', 'turn', 'x/y.py'],
    ['12: core::panicking::panic_fmt', 'core::panicking::panic_fmt', ''],
    ['at /rustc/abc/library/core/src/panicking.rs:72:14', '', 'src/panicking.rs'],
    ['main.(*Server).run(0xc0000b2000, 0x1)', 'main.(*Server).run', ''],
    ['/home/x/src/main.go:12 +0x1d', '', 'src/main.go'],
    ['#3  0x00007f in widget_spin (n=3) at lib/widget.c:12', 'widget_spin', 'lib/widget.c'],
    ['spin@https://acme.io/app/main.js:3:14', 'spin', 'app/main.js'],
  ])('%s', (line, fn, file) => {
    const body = fenced(`Error: x\n    ${line}\nend`);
    const { frames } = read(body);
    expect(frames.map(({ fn, file }) => [fn, file])).toEqual([[fn, file]]);
    expect(body.slice(frames[0]?.start, frames[0]?.end)).toBe(line);
  });

  test('words are no frames', () => {
    expect(read('I was at home (the one by the sea).\n\nat least (some) of it works').frames).toEqual([]);
  });
});

describe('commands', () => {
  test('after prompts, in shell fences, in spans', () => {
    const body = [
      'Run `claude mcp add --transport http x https://a.b` then `/mcp`, not `settings.json`.',
      fenced(
        '$ claude mcp list\nx: https://a.b - failed\nann@box:~/src$ npm test\nPS C:\\src> claude doctor\n> claude --version\n2.0.1',
      ),
      '```bash\n# set up\ncargo build --release\n```',
    ].join('\n\n');
    expect(read(body).commands.map(({ start, end }) => body.slice(start, end))).toEqual([
      'claude mcp add --transport http x https://a.b',
      '/mcp',
      'claude mcp list',
      'npm test',
      'claude doctor',
      'claude --version',
      'cargo build --release',
    ]);
  });
});

describe('kind', () => {
  test.each([
    ['[BUG] it fails', '', 'bug'],
    ['[FEATURE] more of it', '', 'feature'],
    ['Feature Request: more of it', '', 'feature'],
    ['[DOCS] unclear page', '', 'documentation'],
    ['[Question] where is it', '', 'question'],
    ['How do I turn it off?', '', 'question'],
    ['Turn it off', '### Problem Statement\n\nIt is on.\n\n### Proposed Solution\n\nA switch.\n', 'feature'],
    ['It is on', "### What's Wrong?\n\nIt is on.\n", 'bug'],
    ['Add a dark theme', 'It is bright.', 'feature'],
    ['Widget crashes on start', '', 'bug'],
    ['The widget', fenced('Error: it broke'), 'bug'],
    ['The widget', 'A widget.', 'other'],
  ])('%s %s: %s', (title, body, kind) => expect(readReport({ title, body }).kind).toBe(kind));
});
