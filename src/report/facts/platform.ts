// Operating systems under one spelling.
import type { Reading } from './candidate.ts';

const families = ['wsl', 'macos', 'windows', 'linux', 'other'] as const;
type Family = (typeof families)[number];

/** Names of systems as people write them. `Windows Terminal` is none, and `arch` alone is a processor. */
const systemNames =
  /(?<triple>(?<=\w-)(?:apple-darwin|pc-windows|unknown-linux))|(?<wsl>microsoft-standard-wsl2|(?<![\w.\\])wsl ?[12]?\b|windows subsystem for linux(?: ?[12])?\b)|(?<![\w.\\-])(?:(?<macos>mac ?os(?: ?x)?\b|os ?x\b|darwin\b|mac(?:intosh|book(?: ?(?:pro|air))?|[ -]?mini|[ -]?studio)?\b|apple silicon\b|mbp\b|(?<!(?:os|os x)[ (]{1,2})(?:tahoe|sequoia|sonoma|ventura|monterey|big sur)(?= \(?\d\d\b))|(?<windows>windows(?:_nt)?(?![ -]?(?:terminal|subsystem|command|powershell|explorer))\b|win(?:32|64)\b|win ?(?:7|8|10|11)\b)|(?<linux>(?:ubuntu(?:\/debian linux)?|debian(?: gnu\/linux)?|fedora|arch ?linux|(?<=linux[ (:,-]{1,3})arch|centos|rhel|red hat(?: enterprise linux)?|alpine linux|nixos|manjaro|pop!_os|linux mint|[kxl]ubuntu|zorin os|elementary os|kde neon|oracle linux|garuda linux|asahi linux|bazzite|steamos|opensuse|amazon linux|gentoo|kali linux|rocky linux|almalinux|endeavouros|cachyos|omarchy|void linux|raspberry pi os|raspbian|(?:gnu\/)?linux)\b)|(?<other>(?:freebsd|openbsd|netbsd|dragonfly(?: ?bsd)?|android|chrome ?os|ipados|illumos|solaris)\b|iOS\b))/gi;

const spellings: Readonly<Record<string, string>> = {
  'arch linux': 'Arch Linux',
  arch: 'Arch Linux',
  archlinux: 'Arch Linux',
  'elementary os': 'elementary OS',
  'kde neon': 'KDE neon',
  'zorin os': 'Zorin OS',
  steamos: 'SteamOS',
  rhel: 'RHEL',
  'red hat': 'RHEL',
  'red hat enterprise linux': 'RHEL',
  'debian gnu/linux': 'Debian',
  'alpine linux': 'Alpine Linux',
  centos: 'CentOS',
  nixos: 'NixOS',
  'pop!_os': 'Pop!_OS',
  opensuse: 'openSUSE',
  almalinux: 'AlmaLinux',
  endeavouros: 'EndeavourOS',
  cachyos: 'CachyOS',
  'raspberry pi os': 'Raspberry Pi OS',
  raspbian: 'Raspberry Pi OS',
  freebsd: 'FreeBSD',
  openbsd: 'OpenBSD',
  netbsd: 'NetBSD',
  dragonfly: 'DragonFly BSD',
  'dragonfly bsd': 'DragonFly BSD',
  dragonflybsd: 'DragonFly BSD',
  ios: 'iOS',
  ipados: 'iPadOS',
  chromeos: 'ChromeOS',
  'chrome os': 'ChromeOS',
};

const macReleases: Readonly<Record<string, string>> = {
  tahoe: '26',
  sequoia: '15',
  sonoma: '14',
  ventura: '13',
  monterey: '12',
  'big sur': '11',
  catalina: '10.15',
  mojave: '10.14',
  'high sierra': '10.13',
  sierra: '10.12',
  'el capitan': '10.11',
  yosemite: '10.10',
  mavericks: '10.9',
  'mountain lion': '10.8',
  lion: '10.7',
};
const macRelease = new RegExp(`\\b(?:${Object.keys(macReleases).join('|')})\\b`, 'i');

const maxMentions = 500;

export interface Mention {
  readonly family: Family;
  readonly start: number;
  readonly end: number;
}

/**
 * The operating system that a short text names, the first where it names several: `macOS 15.5`,
 * `Windows 11 (WSL2)`, `Ubuntu 24.04`, `Linux`. Null where it names none.
 */
export function readPlatform(text: string): Reading | null {
  const mentions = mentionsOf(text);
  const [first] = mentions;
  if (first === undefined) return null;
  const named = new Set(mentions.map(({ family }) => family));
  if (named.has('macos') && named.has('windows') && named.has('linux')) return null;
  const wsl = mentions.find(({ family }) => family === 'wsl');
  if (wsl !== undefined) {
    const digit = /\d/.exec(text.slice(wsl.start, wsl.end))?.[0] ?? '';
    const windows = mentions.find(({ family }) => family === 'windows');
    const host = windows === undefined ? { value: 'Windows', end: 0 } : windowsAt(text, windows);
    const start = Math.min(wsl.start, windows?.start ?? wsl.start);
    return { value: `${host.value} (WSL${digit})`, start, end: Math.max(wsl.end, host.end) };
  }
  if (first.family === 'macos') return { start: first.start, ...macAt(text, first) };
  if (first.family === 'windows') return { start: first.start, ...windowsAt(text, first) };
  // `Linux (Arch)`, `Linux Ubuntu 22.04`: the distribution says more.
  const specific = mentions.find(
    ({ family, start, end }) => family === 'linux' && spellingOf(text.slice(start, end)) !== 'Linux',
  );
  const exact = first.family === 'linux' && specific !== undefined ? specific : first;
  return { start: first.start, ...linuxAt(text, exact, first) };
}

/** `macos`, `windows`, `linux` or the name itself: two values of one family may be the same system. */
export function platformFamily(value: string): string {
  if (value.startsWith('macOS')) return 'macos';
  if (value.startsWith('Windows')) return 'windows';
  return /^(?:FreeBSD|OpenBSD|NetBSD|DragonFly|Android|ChromeOS|iOS|iPadOS|illumos|solaris)/i.test(value)
    ? value
    : 'linux';
}

/**
 * The system without its release, for counting: `Windows 11 (WSL2)` → `Windows (WSL)`, `Ubuntu 24.04` →
 * `Linux`.
 */
export function systemOf(value: string): string {
  if (value.includes('(WSL')) return 'Windows (WSL)';
  const family = platformFamily(value);
  const systems: Readonly<Record<string, string>> = { macos: 'macOS', windows: 'Windows', linux: 'Linux' };
  return systems[family] ?? family.replace(/ [\d.]+$/, '');
}

/** The system of a target triple: `x86_64-apple-darwin`. */
function tripleFamily(words: string): Family {
  if (/darwin/i.test(words)) return 'macos';
  return /windows/i.test(words) ? 'windows' : 'linux';
}

/** Where a text names systems, in order. Only `iOS` is one for sure: `ios` is a folder, `IOS` runs on routers. */
export function mentionsOf(text: string): Mention[] {
  const mentions: Mention[] = [];
  // Case tells Apple's iOS from Cisco's IOS.
  const named = text.matchAll(systemNames).filter(({ 0: words }) => words === 'iOS' || !/^ios$/i.test(words));
  for (const { groups, index, 0: words } of named.take(maxMentions)) {
    if (/\b(?:no|not|non|without|outside)[ -]$/i.test(text.slice(Math.max(0, index - 10), index))) continue;
    const family = families.find((name) => groups?.[name] !== undefined) ?? tripleFamily(words);
    mentions.push({ family, start: index, end: index + words.length });
  }
  return mentions;
}

function macAt(text: string, { start, end }: Mention): { value: string; end: number } {
  const name = text.slice(start, end);
  const rest = text.slice(end, end + 80);
  const darwin = /darwin/i.test(name) ? rest : (/darwin(.*)/i.exec(rest)?.[1] ?? null);
  // Browsers say 10_15_7 for ever, so only a dotted number counts.
  const said =
    /^[\s:,(*v-]*(?:version[\s:*]{0,5})?(?:[a-z]+ ){0,2}\(?v?(\d{1,2}(?:\.\d{1,2}){0,2})(?![\w.]*_|[ -]?(?:inch|gb|core|"|%))\b/i.exec(
      rest,
    );
  if (
    said?.[1] !== undefined &&
    !/darwin/i.test(name) &&
    !/darwin/i.test(said[0]) &&
    Number.parseInt(said[1], 10) >= 10 &&
    Number.parseInt(said[1], 10) < 40
  )
    return { value: `macOS ${said[1]}`, end: end + said[0].length };
  const kernel =
    darwin === null ? null : /(?<![\w.])(\d{1,2})\.\d{1,2}(?:\.\d{1,2})?\b/.exec(darwin.slice(0, 50));
  const major = Number(kernel?.[1]);
  if (kernel !== null && major >= 8 && major < 40) {
    const at = text.indexOf(kernel[0], end) + kernel[0].length;
    return { value: `macOS ${macOfDarwin(major)}`, end: at };
  }
  const release = macRelease.exec(rest.slice(0, 30));
  if (release === null) return { value: 'macOS', end };
  const number = /^ ?\(?v?(\d{1,2}(?:\.\d{1,2}){1,2})\b/.exec(rest.slice(release.index + release[0].length));
  return {
    value: `macOS ${number?.[1] ?? macReleases[release[0].toLowerCase()]}`,
    end: end + release.index + release[0].length + (number?.[0].length ?? 0),
  };
}

/** macOS by Darwin's major version: 20 to 24 are macOS 11 to 15; from 25 on Apple counts by year. */
function macOfDarwin(major: number): string {
  if (major >= 25) return String(major + 1);
  return major >= 20 ? String(major - 9) : `10.${major - 4}`;
}

function windowsAt(text: string, { start, end }: Mention): { value: string; end: number } {
  const words = text.slice(start, end + 60);
  const release =
    /^(?:microsoft )?win(?:dows)?[ -]?(?:nt )?(server(?: \d{4})?|7|8\.1|8|10(?!\.\d)|11|xp|vista)\b/i.exec(
      words,
    );
  if (release?.[1] !== undefined) {
    const name = release[1]
      .toLowerCase()
      .replace('server', 'Server')
      .replace('xp', 'XP')
      .replace('vista', 'Vista');
    return { value: `Windows ${name}`, end: start + release[0].length };
  }
  const build = /\b10\.0\.(\d{5})\b/.exec(words);
  if (build?.[1] === undefined) return { value: 'Windows', end };
  return {
    value: Number(build[1]) >= 22000 ? 'Windows 11' : 'Windows 10',
    end: start + build.index + build[0].length,
  };
}

function linuxAt(text: string, named: Mention, first: Mention): { value: string; end: number } {
  const spelled = spellingOf(text.slice(named.start, named.end));
  const end = Math.max(named.end, first.end);
  // What stands behind plain `Linux` is a kernel.
  // So does what a distribution without releases has behind it, and a number with a build behind it.
  const number =
    /^[\s:,(v-]*(?:(?:linux|lts|version|release|stream|server|workstation|silverblue) )?v?(\d{1,4}(?:\.\d{1,2}){0,2})\b(?!-(?:\d|arch)|\.\d)/i.exec(
      text.slice(named.end, named.end + 40),
    );
  if (spelled === 'Linux' || number?.[1] === undefined) return { value: spelled, end };
  return { value: `${spelled} ${number[1]}`, end: Math.max(end, named.end + number[0].length) };
}

function spellingOf(name: string): string {
  const lower = name.toLowerCase();
  if (/^(?:(?:gnu\/)?linux|.*debian linux|unknown-linux)$/.test(lower)) return 'Linux';
  return spellings[lower] ?? lower.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
