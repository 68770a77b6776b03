// Command lines that a reporter ran.
import type { Code } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { trimRegion } from './blocks.ts';

const shells = new Set([
  'bash',
  'sh',
  'shell',
  'zsh',
  'fish',
  'console',
  'terminal',
  'powershell',
  'ps1',
  'pwsh',
  'cmd',
  'bat',
  'shell-session',
]);

const tools =
  /^(?:sudo |npx |env |time |[A-Z_]+=\S* )*(?:claude|npm|npx|pnpm|yarn|bun|bunx|node|deno|git|gh|curl|wget|docker|podman|kubectl|cargo|rustc|rustup|python3?|pip3?|pipx|uvx?|brew|apt|apt-get|dnf|pacman|winget|scoop|choco|go|java|mvn|gradle|make|cmake|gcc|clang|ssh|scp|cat|ls|cd|rm|cp|mv|mkdir|chmod|chown|export|set|which|where|echo|grep|find|sed|awk|kill|ps|tmux|code|cursor|aws|gcloud|az|terraform|dotnet|ruby|gem|bundle|php|composer|powershell|pwsh|wsl|xattr|security|systemctl|journalctl)(?:\.exe|\.cmd)?(?=\s|$)/;

const prompt =
  /^(?:\([\w.-]+\) ?)?(?:[\w.-]+@[\w.-]+[: ]\S* ?[$#%]|PS [A-Za-z]:[^>\n]*>|[A-Za-z]:\\[^>\n]*>|[$%❯➜])\s+(?=\S)/;

const slash = /^\/[a-z][a-z-]{1,30}(?: [\w@./:-]+){0,4}$/;

/** The commands of a report in order, without prompts. `text` is the laid-out body. */
export function readCommands(text: string, code: readonly Code[]): Region[] {
  const commands: Region[] = [];
  for (const block of code) {
    if (block.inline) {
      const span = text.slice(block.start, block.end);
      const word = prompt.exec(span)?.[0].length ?? 0;
      if (
        span.length <= 200 &&
        (word > 0 || (tools.test(span) && /\s/.test(span)) || span === 'claude' || slash.test(span))
      )
        commands.push({ start: block.start + word, end: block.end });
      continue;
    }
    const isShell = shells.has(block.language);
    let at = block.start;
    while (at < block.end) {
      const newline = text.indexOf('\n', at);
      const end = newline === -1 || newline > block.end ? block.end : newline;
      const line = trimRegion(text, at, Math.min(end, at + 400));
      const words = text.slice(line.start, line.end);
      const skipped =
        prompt.exec(words)?.[0].length ?? /^> (?=claude\b|\/[a-z])/.exec(words)?.[0].length ?? 0;
      if (skipped > 0 || ((isShell || block.language === '') && tools.test(words) && !/[{;]$|: /.test(words)))
        commands.push({ start: line.start + skipped, end: line.end });
      at = end + 1;
    }
  }
  return commands;
}
