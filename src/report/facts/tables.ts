// Facts that tables of names find: terminal, shell, provider, model, install method, path, runtime.
import type { FactKind } from '../../model/report.ts';
import {
  type FactFinder,
  fromKeys,
  fromSections,
  fromText,
  keyPattern,
  type ReadValue,
} from './candidate.ts';

interface TableSource {
  /** Slugs of form sections that ask for it. */
  readonly slugs: RegExp;
  /** Keys of `key: value` lines, as alternatives of a pattern. */
  readonly keys: string;
  /** Where it stands in running text; global. */
  readonly text: RegExp;
  readonly read: ReadValue;
  /** How a value behind a key is read, where the key may stand for something else. Default: as everywhere. */
  readonly readKey?: ReadValue;
}

/** Makes a finder that looks at the form, at keys and at running text, in this order of trust. */
function createFinder(kind: FactKind, { slugs, keys, text, read, readKey = read }: TableSource): FactFinder {
  const key = keyPattern(keys);
  return {
    kind,
    find: (sources) => [
      ...fromSections(sources, slugs, read),
      ...fromKeys(sources, key, readKey),
      ...fromText(sources, text, read, 30),
    ],
  };
}

/** Reads the first name of the table that stands in the text, by position. */
function oneOf(table: Readonly<Record<string, string>>): ReadValue {
  const entries = Object.entries(table).map(([name, pattern]) => [name, new RegExp(pattern, 'i')] as const);
  return (text) => {
    let best: { value: string; start: number; end: number } | null = null;
    for (const [value, pattern] of entries) {
      const match = pattern.exec(text);
      if (match === null || (best !== null && best.start <= match.index)) continue;
      best = { value, start: match.index, end: match.index + match[0].length };
    }
    return best;
  };
}

const terminals = {
  'VS Code': '\\b(?:vs ?code|visual studio code)\\b',
  iTerm2: '\\biterm2?(?:\\.app)?\\b',
  'Terminal.app': '\\bterminal\\.app\\b|\\bapple[_ ]terminal\\b|\\bmac(?:os)? terminal\\b',
  'Windows Terminal': '\\bwindows[ -]terminal\\b',
  Warp: '\\bwarp(?:terminal)?\\b',
  Ghostty: '\\bghostty\\b',
  WezTerm: '\\bwezterm\\b',
  Alacritty: '\\balacritty\\b',
  kitty: '\\b(?:xterm-)?kitty\\b',
  Konsole: '\\bkonsole\\b',
  'GNOME Terminal': '\\bgnome[ -]terminal\\b',
  Cursor: '\\bcursor\\b',
  Windsurf: '\\bwindsurf\\b',
  Zed: '\\bzed\\b',
  JetBrains: '\\b(?:intellij|pycharm|webstorm|jetbrains|jediterm|goland|rider|phpstorm|rubymine|clion)\\b',
  tmux: '\\btmux\\b',
  Hyper: '\\bhyper\\b',
  'Android Studio': '\\bandroid studio\\b',
  PowerShell: '\\b(?:powershell|pwsh)\\b',
  'Command Prompt': '\\b(?:cmd(?:\\.exe)?|command prompt)\\b',
  xterm: '\\bxterm(?!-)\\b',
};

const shells = {
  zsh: '\\bzsh\\b',
  'Git Bash': '\\bgit ?bash\\b|\\bmingw(?:64|32)?\\b',
  bash: '(?<!git ?)\\bbash\\b',
  fish: '\\bfish\\b',
  PowerShell: '\\b(?:powershell|pwsh)\\b',
  cmd: '\\bcmd(?:\\.exe)?\\b|\\bcommand prompt\\b',
  Nushell: '\\bnu(?:shell)?\\b',
};

const providers = {
  'Anthropic API':
    '\\banthropic(?: api)?\\b|\\bclaude (?:max|pro|team|enterprise)\\b|\\bmax (?:plan|subscription)\\b',
  'AWS Bedrock': '\\b(?:aws |amazon )?bedrock\\b',
  'Google Vertex': '\\b(?:google )?vertex(?: ai)?\\b',
  'Microsoft Foundry': '\\b(?:microsoft |azure )?(?:ai )?foundry\\b',
  OpenRouter: '\\bopenrouter\\b',
  LiteLLM: '\\blitellm\\b',
};

const installs = {
  npm: '\\bnpm\\b',
  homebrew: '\\b(?:homebrew|linuxbrew|brew)\\b',
  native: '\\bnative\\b|\\binstall\\.(?:sh|ps1|cmd)\\b|\\bcurl\\b|\\bstandalone\\b',
  pnpm: '\\bpnpm\\b',
  yarn: '\\byarn\\b',
  bun: '\\bbun\\b',
  winget: '\\bwinget\\b',
  nix: '\\bnix(?:pkgs)?\\b',
  cargo: '\\bcargo\\b',
  rustup: '\\brustup\\b',
  pip: '\\bpipx?\\b',
  apt: '\\bapt(?:-get)?\\b',
  docker: '\\bdocker\\b',
};

/** Reads `claude-opus-4-5` from `claude-opus-4-5-20251101`, `Opus 4.5` or `us.anthropic.claude-…`. */
const readModel: ReadValue = (text) => {
  const match =
    /\bclaude-(?<family>opus|sonnet|haiku)-(?<major>\d{1,2})(?!\d)(?:[-.](?<minor>\d{1,2})(?!\d))?(?:-\d{8})?/i.exec(
      text,
    ) ??
    /\bclaude-(?<major>\d)(?:[-.](?<minor>\d))?-(?<family>opus|sonnet|haiku)(?:-\d{8})?/i.exec(text) ??
    /\b(?<family>opus|sonnet|haiku)(?:[ -]?v?(?<major>\d)(?:\.(?<minor>\d))?)?\b/i.exec(text);
  if (match?.groups === undefined) return null;
  const { family = '', major, minor } = match.groups;
  const value = ['claude', family.toLowerCase(), major, minor].filter((part) => part !== undefined).join('-');
  return { value, start: match.index, end: match.index + match[0].length };
};

const readPath: ReadValue = (text) => {
  const match = /(?:~|[A-Za-z]:|\$HOME)?(?:[\\/]{1,2}[\w.@~+ -]{1,80}){1,20}/.exec(text);
  const value = match?.[0].trimEnd() ?? '';
  return match === null || value.length < 3
    ? null
    : { value, start: match.index, end: match.index + value.length };
};

/** Reads the path of a program, not of a file that a program reads: `path=/src/a.md` says nothing. */
const readProgram: ReadValue = (text) => {
  const reading = readPath(text);
  return reading !== null &&
    /[\\/](?:s?bin|versions|scripts|npm)[\\/]+[^\\/]+$|\.(?:exe|cmd|ps1|bat)$|[\\/]claude$/i.test(
      reading.value,
    )
    ? reading
    : null;
};

const readRuntime: ReadValue = (text) => {
  const match =
    /(?:\b(node(?:\.?js)?|python|bun|deno)\b[^\d\n]{0,12})?(?<![\w:./@-])v?(\d{1,3}\.\d{1,3}(?:\.\d{1,4})?|\d{2})(?![\w:-])/i.exec(
      text,
    );
  if (match?.[2] === undefined) return null;
  const name = match[1]?.toLowerCase() ?? 'node';
  const spelled = name.startsWith('node') ? 'Node.js' : name.charAt(0).toUpperCase() + name.slice(1);
  return { value: `${spelled} ${match[2]}`, start: match.index, end: match.index + match[0].length };
};

export const tableFinders: readonly FactFinder[] = [
  createFinder('terminal', {
    slugs: /^terminal(?:-shell|-application|-emulator)?$/,
    keys: 'terminal(?: ?\\/ ?shell| app(?:lication)?| emulator)?|ide|editor|\\$?term_program|ide ?\\/ ?terminal',
    text: /\b(?:iTerm2?|Ghostty|Warp(?: terminal)|WezTerm|Alacritty|Kitty terminal|Windows Terminal|Terminal\.app|Konsole|GNOME Terminal|VS ?Code(?:'s)? (?:integrated )?(?:terminal|extension))\b/g,
    read: oneOf(terminals),
  }),
  createFinder('shell', {
    slugs: /^(?:shell|terminal-shell)$/,
    keys: '\\$?shell(?: ?version)?|terminal ?\\/ ?shell',
    text: /\/bin\/(?:zsh|bash|fish)\b|\b(?:in|using|my|with) (zsh|bash|fish|PowerShell|Git Bash|nushell)\b/g,
    read: oneOf(shells),
  }),
  createFinder('provider', {
    slugs: /^(?:platform|provider|api-provider|model-provider)$/,
    keys: '(?:api |model )?provider|api|platform|subscription|plan',
    text: /\b(?:(?:AWS|Amazon) Bedrock|via Bedrock|CLAUDE_CODE_USE_(?:BEDROCK|VERTEX|FOUNDRY)=\W?(?:1|true)|(?:Google )?Vertex AI|Azure (?:AI )?Foundry|Microsoft Foundry)\b/g,
    read: oneOf({ ...providers, 'AWS Bedrock': 'bedrock', 'Google Vertex': 'vertex' }),
  }),
  createFinder('model', {
    slugs: /^(?:claude-)?model$/,
    keys: '(?:claude |current |ai )?model(?:s| id| name| used)?',
    text: /\bclaude-(?:opus|sonnet|haiku|\d)[\w.-]{2,40}|\b(?:Opus|Sonnet|Haiku) \d(?:\.\d)?\b/g,
    read: readModel,
  }),
  createFinder('install', {
    slugs: /^(?:install|installation)-(?:method|type)$/,
    keys: '(?:config )?(?<!\\bbe )install(?:ation|ed)?(?: method| type| via| with)?|install method|currently running',
    text: /\binstalled? (?:it )?(?:via|with|using|through|from) (?:the )?([\w-]{2,20}(?: \w{2,12})?)|(?:npm (?:install|i) -g @anthropic|curl -fsSL \S{1,80}install\.sh|brew install (?:--cask )?claude|\bnative (?:install|binary|installer)\b)/gi,
    read: oneOf(installs),
  }),
  createFinder('path', {
    slugs: /^(?:command-path|path)$/,
    keys: '(?:command |binary |install(?:ation)? )?path|invoked(?: binary)?|binary(?: location)?',
    text: /\b(?:which|where|command -v|type) claude\s{1,4}((?:~|[A-Za-z]:)?[\\/]\S{1,200})/g,
    read: readPath,
    readKey: readProgram,
  }),
  createFinder('runtime', {
    slugs: /^(?:node(?:-js)?|runtime|python)(?:-version)?$/,
    keys: 'node(?:\\.?js)?(?: version)?|runtime',
    text: /\b(?:[Nn]ode(?:\.?js|JS)?(?: version)?:? v?\d{1,3}(?:\.\d{1,3}){1,2}|(?:[Pp]ython|[Bb]un|[Dd]eno) v?\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)\b/g,
    read: readRuntime,
    // `node:` begins the names of modules, too.
    readKey: (text) => {
      const reading = readRuntime(text);
      return reading !== null && reading.start <= 12 ? reading : null;
    },
  }),
];
