// Calls of stack traces in the layouts of the usual runtimes.
import type { StackFrame } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { readLines } from './lines.ts';

/** Each names `fn`, `file` or both; tried in order on one line. */
const layouts: readonly RegExp[] = [
  // Node, browsers, Java, C#: at fn (file:1:2) · at pkg.Class.fn(File.java:1) · at Fn() in C:\f.cs:line 1
  /^at (?:async )?(?:new )?(?<fn>[\w$.<>[\]`#:~]+(?: \[as [^\]]+\])?) \((?:(?<file>[^()\s]+?)(?::\d+){1,2}|native|unknown|index|<anonymous>|[^()\s]+\.[cm]?[jt]sx?)\)/,
  /^at (?<fn>[\w$.<>/`+]+)\((?<file>[\w$]+\.(?:java|kt|scala|groovy)|Native Method|Unknown Source)(?::\d+)?\)/,
  /^at (?<fn>[\w$.<>`+[\],]+)\([^()]*\)(?: in (?<file>.+?):line \d+)?$/,
  /^at (?:async )?(?<file>(?:file:\/\/|node:|[A-Za-z]:[\\/]|\/|\.\/|native:)[^\s():]*)(?::\d+){0,2}/,
  // Python
  /^File "(?<file>[^"]+)", line \d+(?:, in (?<fn>\S+))?/,
  // Rust: 12: core::panicking::panic · at /src/main.rs:3:5
  /^\d{1,3}: +(?:0x[0-9a-f]+ - )?(?<fn>[\w$<>:&*,{}[\]# ]*::[\w$<>:&*,{}[\]# ]+)$/,
  // gdb and lldb
  /^#\d{1,3} +(?:0x[0-9a-f]+ in )?(?<fn>[\w$:~<>*&,. ]+?) ?\([^)]*\)(?: (?:at|from) (?<file>[^\s:]+)(?::\d+)?)?/,
  // Go: main.run(0xc000…) · /src/main.go:12 +0x1d
  /^(?<fn>[\w./*()-]+)\((?:0x[0-9a-f]+|\{|\.\.\.)[^)]*\)$/,
  /^(?<file>\/\S+\.go):\d+(?: \+0x[0-9a-f]+)?$/,
  // Safari, Firefox
  /^(?<fn>[\w$.<>/]*)@(?<file>(?:https?|file):\/\/\S+?)(?::\d+){1,2}$/,
];

const hint = /^(?:at |File "|\d{1,3}: |#\d|[\w.]+[.@/]|\/)/;

/** The frames that stand in the given regions of the laid-out text, in order. */
export function readFrames(text: string, regions: readonly Region[]): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const region of regions) {
    for (const { start, end } of readLines(text, region)) {
      const line = text.slice(start, end);
      if (!hint.test(line)) continue;
      for (const layout of layouts) {
        const match = layout.exec(line);
        if (match === null) continue;
        frames.push({
          start,
          end: start + match[0].length,
          fn: match.groups?.fn?.trim() ?? '',
          file: lastParts(match.groups?.file ?? ''),
        });
        break;
      }
    }
  }
  return frames;
}

function lastParts(file: string): string {
  return file
    .replace(/(?::\d+){1,2}$/, '')
    .split(/[\\/]+/)
    .slice(-2)
    .join('/');
}
