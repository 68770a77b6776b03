import { describe, expect, test } from 'vitest';
import { compareVersions, presentDetails, readReport, systemOf } from '../../src/report/index.ts';

const read = (body: string, title = 'It fails') => readReport({ title, body });
const fact = (body: string, kind: string, title?: string) =>
  read(body, title).facts.find((fact) => fact.kind === kind) ?? null;
const value = (body: string, kind: string, title?: string) => fact(body, kind, title)?.value ?? null;

describe('version', () => {
  test.each([
    ['### Claude Code Version\n\n2.0.55 (Claude Code)\n', '2.0.55'],
    ['### Version\n\nv1.2.3-rc.1\n', '1.2.3-rc.1'],
    [
      '### Claude Code Version\n\nLatest\n\n### What happened?\n\nSince updating to version 2.0.61 it hangs',
      '2.0.61',
    ],
    ['### Last Working Version\n\n2.0.1\n\n### Claude Code Version\n\n2.0.9\n', '2.0.9'],
    ['### Last Working Version\n\n2.0.1\n', null],
    [
      '**Environment Info**\n- Platform: darwin\n- Terminal: tmux\n- Version: 2.0.52\n- Feedback ID: 1\n',
      '2.0.52',
    ],
    ['- **Claude Code version:** 2.0.60 (updated from 2.0.59)', '2.0.60'],
    ['| Claude Code | 2.0.62 |\n|---|---|\n| Node | 22.1.0 |', '2.0.62'],
    ['```\n$ claude --version\n2.0.67 (Claude Code)\n```', '2.0.67'],
    [
      '```\n └ Currently running: npm-global (1.0.98)\n └ Path: /usr/bin/node\n └ Invoked: /usr/bin/claude\n```',
      '1.0.98',
    ],
    ['```\nUser-Agent: claude-cli/2.0.11 (external, cli)\n```', '2.0.11'],
    ['```\nrustc 1.74.0 (79e9716c9 2023-11-13)\nbinary: rustc\n```', '1.74.0'],
    ['**Version:** `2.0.55`', '2.0.55'],
    ['`claude --version` → 2.0.55', '2.0.55'],
    ['### Version\n\n1.0.128 -> 2.0.1\n', '2.0.1'],
    ['The same on the latest (2.0.70)', '2.0.70'],
    ['Worked in 2.0.50, but upgrading from 2.0.50 to 2.0.51 broke it', '2.0.51'],
    ['I downgraded to 2.0.40 and it works', null],
    ['Node.js 22.12.0, npm 10.9.0, VS Code 1.106.3, macOS 15.5.1', null],
    ['- Node version: 22.12.0\n- VS Code version: 1.106.3\n', null],
    ['- MCP server version: 1.2.3\n- iTerm2: 3.6.6\n', null],
    ['```\nVersion: 1.106.3\nCommit: bf9252a2fb45be6893dd8870c0bf37e2e1766d61\nElectron: 37.7.0\n```', null],
    ['The library (v0.6.1) does it', null],
    ['on 127.0.0.1 and 10.0.19044.1', null],
    ['### Claude Code Version\n\nclaude-opus-4-5-20251101\n', null],
  ])('%j: %s', (body, expected) => expect(value(body, 'version')).toBe(expected));

  test('in the title', () => {
    const found = fact('', 'version', 'Hangs since v2.0.67');
    expect(found).toMatchObject({ value: '2.0.67', field: 'title', start: 13, end: 19 });
  });
});

describe('platform', () => {
  test.each([
    ['### Operating System\n\nmacOS\n', 'macOS'],
    ['### Operating System\n\nmacOS\n\n### Additional Information\n\n- macOS: Tahoe 26.1\n', 'macOS 26.1'],
    ['### Operating System\n\nUbuntu/Debian Linux\n', 'Linux'],
    [
      '### Operating System\n\nUbuntu/Debian Linux\n\n### Terminal/Shell\n\nWSL (Windows Subsystem for Linux)\n',
      'Windows (WSL)',
    ],
    ['### Operating System\n\nOther\n\n### Notes\n\nOS: FreeBSD 14.3-RELEASE\n', 'FreeBSD 14.3'],
    ['- OS: iOS 18.1', 'iOS 18.1'],
    ['- OS: ios 18.1', null],
    ['- OS: Cisco IOS 15.2, Ubuntu 24.04', 'Ubuntu 24.04'],
    ['- OS: macOS 15.5 (24F74)', 'macOS 15.5'],
    ['- **Platform:** macOS (Mac mini)\n- **macOS Version:** 15.6.1', 'macOS 15.6.1'],
    ['- **OS:** Ubuntu Linux 6.8.0-88-generic', 'Ubuntu'],
    ['- OS: Linux Mint 22.2', 'Linux Mint 22.2'],
    ['- OS: Arch Linux 6.11.5-arch1-1', 'Arch Linux'],
    ['- OS: CentOS Stream 9', 'CentOS 9'],
    ['- Claude Code v2.0.55\n- Windows 11 Pro 23H2 + WSL2', 'Windows 11 (WSL2)'],
    ['It fails on WSL (Ubuntu 22.04.5 LTS)', 'Windows (WSL)'],
    ['Works on Linux, fails on my Mac (macOS 15.7)', 'macOS 15.7'],
    ['My setup: M3 Max MBP, Sequoia 15.6', 'macOS 15.6'],
    ['Both on Windows 11 and Ubuntu 22.04', null],
    ['- OS: Darwin 24.6.0', 'macOS 15'],
    ['- OS: macOS (Darwin 25.1.0, arm64)', 'macOS 26'],
    ['- **OS**: Darwin arm64 23.6.0', 'macOS 14'],
    ['OS: Mac OS X 10.10.2', 'macOS 10.10.2'],
    ['OS: macOS Sonoma', 'macOS 14'],
    ['Platform: win32', 'Windows'],
    ['OS: Windows 11 Pro 24H2', 'Windows 11'],
    ['OS: Windows_NT x64 10.0.22631', 'Windows 11'],
    ['OS: Windows 10 (19045)', 'Windows 10'],
    ['OS: Windows 11 + WSL2 (Ubuntu 22.04)', 'Windows 11 (WSL2)'],
    ['Platform: Linux (WSL2)', 'Windows (WSL2)'],
    ['OS: Ubuntu 24.04.3 LTS', 'Ubuntu 24.04.3'],
    ['OS: Linux (Arch)', 'Arch Linux'],
    ['OS: Debian GNU/Linux 12 (bookworm)', 'Debian 12'],
    ['OS: Linux 6.8.0-88-generic', 'Linux'],
    ['## Environment\n\n- Claude Code CLI\n- Fedora 43\n', 'Fedora 43'],
    [
      '```\n$ uname -a\nLinux box 5.15.167.4-microsoft-standard-WSL2 #1 SMP x86_64 GNU/Linux\n```',
      'Windows (WSL2)',
    ],
    ['```\n$ uname -a\nDarwin mac.local 24.5.0 Darwin Kernel Version 24.5.0\n```', 'macOS 15'],
    ['```\nMicrosoft Windows [Version 10.0.26100.1742]\n```', 'Windows 11'],
    ['```\nPRETTY_NAME="Ubuntu 22.04.3 LTS"\n```', 'Ubuntu 22.04.3'],
    ['```\nMozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36\n```', 'macOS'],
    ['```\nhost: x86_64-unknown-linux-gnu\n```', 'Linux'],
    ['I am on a MacBook and it hangs.', 'macOS'],
    ['It hangs when I run it on Windows 11.', 'Windows 11'],
    ['It works on macOS and on Linux.', null],
    ['Platform: All (macOS, Windows, Linux)', null],
    ['It opens two windows and a Windows Terminal tab.', null],
    ['Press Ctrl+C (or Cmd+C on Mac).', null],
    ['### Platform\n\nAnthropic API\n', null],
  ])('%j: %s', (body, expected) => expect(value(body, 'platform')).toBe(expected));

  test('a form’s answer is no guess, whatever the text refines', () => {
    const found = fact('### Operating System\n\nmacOS\n\n### More\n\nmacOS 15.5 here\n', 'platform');
    expect(found).toMatchObject({ value: 'macOS 15.5', from: 'form' });
  });

  test('in the title', () => {
    expect(value('', 'platform', 'Crash on Windows')).toBe('Windows');
    expect(value('', 'platform', '[macOS] Crash')).toBe('macOS');
  });
});

describe('the other diagnostics', () => {
  test('are not the modules of a trace, nor the files of a log', () => {
    const trace =
      '```\n    at emit (node:events:92:22)\n    at run (node:internal/process/task_queues:105:5)\n```';
    expect(value(trace, 'runtime')).toBeNull();
    expect(value('```\ngrep path=/src/notes.md\n```\n- Affected path: `~/.tool/ide`', 'path')).toBeNull();
  });

  test.each([
    ['### Terminal/Shell\n\nTerminal.app (macOS)\n', 'terminal', 'Terminal.app'],
    ['- Terminal: WarpTerminal', 'terminal', 'Warp'],
    ['- Terminal: vscode', 'terminal', 'VS Code'],
    ['- IDE: PyCharm 2025.2', 'terminal', 'JetBrains'],
    ['- Shell: /bin/zsh', 'shell', 'zsh'],
    ['- Shell: PowerShell 7.4', 'shell', 'PowerShell'],
    ['### Platform\n\nAWS Bedrock\n', 'provider', 'AWS Bedrock'],
    ['CLAUDE_CODE_USE_VERTEX=1 claude', 'provider', 'Google Vertex'],
    ['### Claude Model\n\nSonnet (default)\n', 'model', 'claude-sonnet'],
    ['- Model: claude-opus-4-5-20251101', 'model', 'claude-opus-4-5'],
    ['- Model: Opus 4.5', 'model', 'claude-opus-4-5'],
    ['model us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'model', 'claude-sonnet-3-5'],
    ['- Install method: Homebrew', 'install', 'homebrew'],
    ['I installed it with npm', 'install', 'npm'],
    ['```\n └ Config install method: native\n```', 'install', 'native'],
    ['```\n$ which claude\n/opt/homebrew/bin/claude\n```', 'path', '/opt/homebrew/bin/claude'],
    ['- Node.js version: v22.12.0', 'runtime', 'Node.js 22.12.0'],
    ['on Python 3.12.1', 'runtime', 'Python 3.12.1'],
  ])('%j: %s %s', (body, kind, expected) => {
    const found = fact(body, kind);
    expect(found?.value).toBe(expected);
    expect(body.slice(found?.start, found?.end).trim()).not.toBe('');
  });
});

test.each([
  ['Windows 11', 'Windows'],
  ['Windows 11 (WSL2)', 'Windows (WSL)'],
  ['macOS 15.5', 'macOS'],
  ['Ubuntu 24.04', 'Linux'],
  ['Linux', 'Linux'],
  ['FreeBSD 14.1', 'FreeBSD'],
])('%s counts as %s', (value, system) => expect(systemOf(value)).toBe(system));

test('versions compare as semver says', () => {
  const ordered = [
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0',
    '1.0.1',
    '1.0.10',
    '1.2',
    '2.0.0',
  ];
  for (const [index, version] of ordered.entries())
    for (const [other, second] of ordered.entries())
      expect(Math.sign(compareVersions(version, second))).toBe(Math.sign(index - other));
  expect(compareVersions('v1.2.0+build.5', '1.2')).toBe(0);
});

test.each([
  ['2.1-rc_1', '2.1-rc_2'],
  ['1.0.0-01', '1.0.0'],
  ['1.0.0-01.1', '1.0.0-1.2'],
  ['1.0.0-rc..1', '1.0.0-rc.2'],
  ['01.09.0', '1.10'],
  ['v2.9.0-beta+7', '2.9'],
  [`1.0.0-${'a'.repeat(400)}`, '1.0.0'],
  ['no number', '0.0.1'],
])('%s comes before %s', (earlier, later) => {
  expect(Math.sign(compareVersions(earlier, later))).toBe(-1);
  expect(Math.sign(compareVersions(later, earlier))).toBe(1);
});

describe('what is there', () => {
  const all = { message: true, command: true, version: true, platform: true, steps: true };

  test('everything, in a form and in free text', () => {
    const form =
      "### What's Wrong?\n\nBroken\n\n### Error Messages/Logs\n\n```shell\nError: x y\n```\n\n### Steps to Reproduce\n\n1. Run `claude mcp list`\n2. Look\n\n### Claude Code Version\n\n2.0.1\n\n### Operating System\n\nmacOS\n";
    expect(presentDetails(read(form))).toEqual(all);
    const text =
      'On macOS 15.5 with Claude Code 2.0.1 I get `Error: no such thing`.\n\n1. `claude mcp list`\n2. look at it';
    expect(presentDetails(read(text))).toEqual(all);
  });

  test('nothing', () => {
    expect(presentDetails(read('It does not work any more.'))).toEqual({
      message: false,
      command: false,
      version: false,
      platform: false,
      steps: false,
    });
  });

  test('an empty form is nothing', () => {
    const body =
      '### Error Messages/Logs\n\n```shell\n\n```\n\n### Steps to Reproduce\n\n_No response_\n\n### Claude Code Version\n\n_No response_\n';
    expect(Object.values(presentDetails(read(body))).some(Boolean)).toBe(false);
  });

  test('a picture may hold the message', () => {
    expect(presentDetails(read('See ![image](https://github.com/user-attachments/assets/1)')).message).toBe(
      true,
    );
    expect(
      presentDetails(read('<img width="1" src="https://github.com/user-attachments/assets/1">')).message,
    ).toBe(true);
  });

  test('"no message" is an answer', () => {
    expect(
      presentDetails(read('### Error Messages/Logs\n\nNo error is shown, it just stops\n')).message,
    ).toBe(true);
  });
});
