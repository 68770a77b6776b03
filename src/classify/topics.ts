import type { FeatureCounts } from './feature-types.ts';
import { wordsOf } from './words.ts';

/**
 * Topics of reports about developer tools, and the phrases (of one or two words) that belong to them. A
 * repository's labels follow such topics long before it has enough reports to learn each word by itself.
 */
const phrasesByTopic: Readonly<Record<string, string>> = {
  login:
    'auth, login, logout, log in, sign in, sign out, signin, sso, oauth, authenticate, authentication, authorization, unauthorized, 401, 403, credential, keychain, account, password, session expired, api key',
  security:
    'security, vulnerability, cve, exploit, malicious, injection, exposed, secret, sensitive, unsafe, leak, privacy, attack, sandbox, bypass',
  permissions:
    'permission, allow, deny, allowlist, denylist, approve, approval, confirm, confirmation, consent, trust, prompt again, skip permission, auto accept',
  destructive:
    'destructive, rm rf, delete, deleted, overwrite, overwritten, data loss, wipe, lost work, git reset, irreversible',
  protocol:
    'mcp, mcp server, stdio, sse, connector, elicitation, json rpc, handshake, tool result, plugin server',
  editor:
    'vscode, vs code, vs, visual studio, jetbrains, intellij, webstorm, pycharm, rider, cursor ide, windsurf, zed, neovim, vim, emacs, xcode, extension, ide, editor, webview, sidebar, panel, workspace',
  rendering:
    'render, display, flicker, redraw, layout, screen, blank, garbled, glitch, visual, ui, tui, color, colour, theme, contrast, font, wrap, truncated, overflow, resize, width, alignment, icon, spinner, animation, status line, statusline, markdown, table, highlight',
  scrolling: 'scroll, scrollback, scrollbar, jump, top of, history buffer, tmux, alternate screen',
  keyboard:
    'key, keyboard, shortcut, keybinding, hotkey, press, ctrl, shift, enter, esc, escape, tab, arrow, backspace, newline, ime, input method, typing, cursor position, vim mode',
  clipboard: 'paste, copy, clipboard, drag, drop, screenshot, image paste, selection',
  terminal:
    'terminal, console, tty, iterm, iterm2, ghostty, kitty, alacritty, wezterm, warp, tmux, zellij, konsole, escape sequence, ansi, prompt, input box, window title, notification, bell, dialog, menu, autocomplete, picker',
  accessibility: 'accessibility, screen reader, voiceover, a11y, nvda, colorblind, braille',
  editing:
    'edit tool, write tool, read tool, edit, old string, unexpectedly modified, file content, line ending, crlf, encoding, utf, indentation, whitespace, patch, diff, replace',
  shell:
    'bash, bash tool, shell, zsh, powershell, cmd, command, exit code, stdout, stderr, background process, environment variable, cwd, working directory, cd, path, timeout, subprocess, heredoc, pipe',
  search: 'grep, glob, ripgrep, search, find, web search, webfetch, websearch, fetch, browser, chrome, url',
  agents:
    'agent, subagent, sub agent, task tool, parallel, orchestrator, spawn, delegate, worker, background agent, swarm',
  extending:
    'hook, skill, slash command, plugin, marketplace, hookify, pretooluse, posttooluse, stop hook, custom command, frontmatter, matcher',
  planning: 'plan mode, plan, todo, todowrite, todo list, ask user, askuserquestion, question, exit plan',
  sessions:
    'session, resume, continue, conversation, history, transcript, checkpoint, rewind, fork, rename, past conversation, restore, teleport',
  context:
    'context, compact, compaction, auto compact, autocompact, context window, memory file, claude md, remember, forget, memory, summary, token count',
  instructions:
    'instruction, ignore, ignores, rule, directive, follow, disobey, violate, hallucinate, assume, guess, lie, claim, repeated, mistake, careless, lazy, dumb, quality, degraded, degradation, behavior, behaviour, reasoning, wrong answer',
  model:
    'model, opus, sonnet, haiku, thinking, extended thinking, ultrathink, effort, default model, model name, model selection, language, system prompt, output style',
  request:
    'api, api error, 400, 404, 429, 500, 502, 503, 529, status code, request, response, overloaded, rate limit, connection error, endpoint, stream, streaming, invalid request, retry, aborted, tool use, thinking block',
  providers: 'bedrock, vertex, aws, azure, foundry, gateway, litellm, openrouter, proxy model, base url',
  network:
    'proxy, network, connection, dns, ssl, tls, certificate, firewall, vpn, offline, socket, websocket, port',
  cost: 'cost, costs, usage, billing, bill, quota, credit, price, pricing, subscription, max plan, pro plan, plan limit, charge, charged, refund, expensive, weekly limit, hour limit, limit reached, token consumption, token usage, upgrade plan',
  speed: 'slow, performance, cpu, lag, latency, unresponsive, high cpu, speed, startup time, degrade',
  resources:
    'heap, out memory, oom, memory leak, memory usage, ram, gb, memory consumption, garbage, swap, file descriptor, disk, kill',
  hanging:
    'hang, freeze, frozen, stuck, deadlock, infinite loop, never return, unresponsive, indefinitely, forever, loading',
  crashing:
    'crash, segfault, segmentation, panic, abort, core dump, exception, fatal, access violation, exit unexpectedly, sigkill, traceback',
  installing:
    'packaging, install, installation, installer, uninstall, npm, npx, brew, homebrew, winget, apt, pip, binary, package, native build, node version, postinstall, permission denied, eacces, setup, docker, devcontainer, nix',
  updating:
    'update, auto update, autoupdate, upgrade, downgrade, new version, release, changelog, latest version, version mismatch',
  documentation:
    'documentation, docs, doc, readme, guide, tutorial, typo, documented, undocumented, reference page, broken link, clarify, example',
  settings:
    'setting, config, configuration, option, flag, preference, settings json, toggle, default, disable, enable, environment, env, dotfile, managed setting',
  git: 'git, commit, branch, worktree, merge, rebase, github, pull request, pr, repository, action, workflow, ci, gitlab',
  web: 'web, desktop, desktop app, mobile, ios, android, browser, claude ai, cloud, remote, web version, app',
  sdk: 'sdk, agent sdk, headless, json output, stream json, typescript, python, library, programmatic, print mode',
  wish: 'feature, request, add, support, would, could, allow, ability, proposal, suggest, improve, nice, enhancement, option to, use case, should',
  regression:
    'regression, worked before, previous version, used to, since update, stopped working, broke, no longer, anymore',
};

const topicsByStems = new Map<string, string[]>();
for (const [topic, phrases] of Object.entries(phrasesByTopic)) {
  for (const phrase of phrases.split(', ')) {
    const stems = wordsOf(phrase, 0, phrase.length, 9).map(({ stem }) => stem);
    const key = stems.join(' ');
    topicsByStems.set(key, [...(topicsByStems.get(key) ?? []), topic]);
  }
}

/** The topics of a stem, or of two neighbouring stems separated by a space. */
export function topicsFor(stems: string): readonly string[] {
  return topicsByStems.get(stems) ?? [];
}

/** The topics of the words in a label's name: `login` for `area:auth`. */
export function topicsOfLabel(label: string): string[] {
  const plain = label.replace(/[^\p{L}\p{N}]+/gu, ' ');
  return [...new Set(wordsOf(plain, 0, plain.length, 20).flatMap(({ stem }) => topicsFor(stem)))];
}

/**
 * How much a report mentions the topics: the logarithm of 1 + mentions, where one in the title counts four.
 */
export function mentionStrength(topics: readonly string[], { topic }: Pick<FeatureCounts, 'topic'>): number {
  const count = (name: string): number => topic.get(name) ?? 0;
  return Math.log1p(
    topics.reduce((sum, name) => sum + 3 * count(`title topic=${name}`) + count(`topic=${name}`), 0),
  );
}
