import {
  type Candidate,
  type FactFinder,
  fromSections,
  type Reading,
  restOfLine,
  toCandidate,
} from './candidate.ts';

/** A version as people write it. Group 1 is the version without its v. */
const version = /(?<![\w.-]|\d,)v?(\d{1,5}\.\d{1,5}\.\d{1,6}(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?)(?![\w/]|\.\d)/gi;

/** Software whose versions a report states beside that of its subject. */
const others =
  /\b(?:node(?:\.?js)?|npm|nvm|pnpm|yarn|bun|deno|python|pip|ruby|rails|java|jdk|go|golang|php|dotnet|\.net|gcc|clang|llvm|xcode|mac ?os(?: x)?|os x|darwin|windows|win32|ubuntu|debian|fedora|linux|kernel|os|vs ?code|visual studio(?: code)?|cursor|windsurf|zed|iterm2?|ghostty|warp|wezterm|kitty|alacritty|tmux|terminal|zsh|bash|fish|powershell|git|gh|docker|podman|chrome|chromium|firefox|safari|electron|v8|intellij|pycharm|webstorm|jetbrains|idea|android|ios|react|next(?:\.?js)?|typescript|playwright|puppeteer|postgres\w*|mysql|redis|sqlite|ripgrep|homebrew|brew|curl|openssl|jq|mcp|sdk|server|plugin|extension|package|protocol|schema|opus|sonnet|haiku|model|api|gem|crate|library)\b[\w./ -]{0,12}$/i;

/** Where a version is somebody's past or future, not what the report is about. */
const past =
  /\b(?:last(?: known)?(?: working| good)?|previous(?:ly)?|working|worked|works|prior|before|older|earlier|downgrad\w+|roll(?:ed|ing)? ?back|revert\w*|pinn?(?:ed|ing)?|fixed|introduc\w*|added|releas\w*|until|from|requires?|since|minimum|at least|and (?:below|earlier))\b[^\n]{0,20}$/i;

const key =
  /(?:^|[\s|*_`(-])version(?:\s*(?:number|info|used))?(?:\*\*|__|`)?\s{0,3}[:=|]\s{0,3}(?:\*\*|__)?\s{0,3}`?$/i;
const named =
  /\b(?:claude(?:[ -]code)?(?: ?(?:cli|version|for vs ?code|native|\(cli\)))*|rustc|cargo|cli(?: version)?|app(?: version)?|currently running|npm-(?:global|local)|claude (?:--version|-v))\b(?:\*\*|__|`)?[\s:=|@/(*v→>-]{0,8}(?:(?:version|native|npm-global|npm-local|npm|unknown|release|build)[\s:=|@/(*v-]{0,8})?$/i;
const passing =
  /\b(?:to|on|in|after|using|running|with|version|release|v|now|latest|current(?:ly)?)[\s:*`(v]{1,4}$/i;

/** The version of the software that the report is about; other software's and earlier ones are left alone. */
export const versionFinder: FactFinder = {
  kind: 'version',
  find: (sources) => [
    ...fromSections(
      sources,
      /^(?!last-|previous-|os-|node|operating|python|last)(?:[\w-]+-)?version(?:s|-information|-info)?$/,
      readAnswer,
    ),
    ...stated(sources.title, 'title'),
    ...stated(sources.body, 'body'),
  ],
};

function readAnswer(answer: string): Reading | null {
  const readings = [...answer.matchAll(version)].map((match) => ({
    reading: readingOf(match),
    weight: Math.max(1, weigh(answer, match)),
    // Another program's, or the one that was left: `1.0.128 -> 2.0.1`.
    foreign:
      others.test(before(answer, match.index)) ||
      /^ ?(?:->|→|=>|to) ?v?\d/.test(answer.slice(match.index + match[0].length)),
  }));
  const best = readings.filter(({ foreign }) => !foreign).sort((a, b) => b.weight - a.weight)[0];
  return best?.reading ?? null;
}

function stated(text: string, field: Candidate['field']): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(version)) {
    const weight = weigh(text, match) || (field === 'title' ? 25 : 0);
    if (weight === 0) continue;
    found.push({ ...toCandidate(readingOf(match), 0, 'text', weight), field });
  }
  return found;
}

/** How strongly the words around a version say that it is the subject's; 0 for not at all. */
function weigh(text: string, match: RegExpExecArray): number {
  const behind = before(text, match.index);
  const ahead = restOfLine(text, match.index + match[0].length).slice(0, 40);
  if (/^ ?\(claude code\)/i.test(ahead)) return past.test(behind) ? 45 : 90;
  if (past.test(behind) && !/\bup(?:grad|dat)\w*\b.*\bto[ `*v]*$/i.test(behind)) return 0;
  if (/^[^\n]{0,6}(?:and|or) (?:below|earlier|later|above)/i.test(ahead)) return 0;
  const product = named.test(behind);
  if (key.test(behind)) {
    const label = behind.replace(key, '');
    if (/claude|cli|rustc/i.test(label.slice(-20))) return /^\+/.test(ahead) ? 60 : 85;
    return others.test(label.trimEnd().slice(-24)) || isEditor(text, match.index) ? 0 : 80;
  }
  if (product) return /^\+/.test(ahead) ? 60 : 70;
  if (behind.endsWith('claude/versions/')) return 15;
  if (others.test(behind)) return 0;
  return passing.test(behind) ? 40 : 0;
}

/** `Version:` in what an editor prints about itself stands beside its commit and its Electron. */
function isEditor(text: string, index: number): boolean {
  return /\b(?:electron|chromium|v8|electronbuildid)\s*:/i.test(text.slice(index, index + 300));
}

function before(text: string, index: number): string {
  const words = text.slice(Math.max(0, index - 48), index);
  return words.slice(words.lastIndexOf('\n') + 1);
}

function readingOf(match: RegExpExecArray): Reading {
  const written = match[1] ?? match[0];
  const start = match.index + match[0].length - written.length;
  // Semver has no leading zeros; people write them.
  const value = written.replace(/(?<![\w.-])0+(?=\d)|(?<=^\d+\.(?:\d+\.)?)0+(?=\d)/g, '');
  return { value, start, end: start + written.length };
}
