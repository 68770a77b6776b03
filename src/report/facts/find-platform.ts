import {
  type Candidate,
  type FactFinder,
  type FactSources,
  fromKeys,
  fromSections,
  keyPattern,
  type Reading,
  restOfLine,
  toCandidate,
} from './candidate.ts';
import { type Mention, mentionsOf, platformFamily, readPlatform } from './platform.ts';

/**
 * A mobile system named in passing is one that somebody builds for; the reporter's own stands in a form or
 * under a key.
 */
const mobile = /^(?:iOS|iPadOS|Android)/;

/** Names closer than this many characters are a list of systems. */
const maxListGap = 14;

const systemKey = keyPattern(
  '(?:host |client |server |local )?(?:os|operating system)(?: ?(?:name|version|info|\\/ ?platform))?|platform(?: ?\\/ ?os| info)?|pretty_name|productname',
);
const looseKey = keyPattern('system(?: info)?|environment|env|host|device|machine|setup|hardware');

/** What commands and browsers print about the system they run on. */
const printed =
  /\b(?:Linux \S+ \d+\.\d+\.\d+\S* (?:#|SMP)|Darwin \S+ \d+\.\d+\.\d+ Darwin|Darwin Kernel Version|Microsoft Windows \[Version|Mozilla\/5\.0 \((?:Macintosh|Windows|X11))/g;

/** Words before a name in prose that make it the place of the failure. */
const herePattern =
  /\b(?:on|under|using|running|in|with|my|our|this)\s(?:(?:a|an|my|the|our)\s)?(?:\w{1,12}\s){0,2}$/i;
/** Words that make it somebody else's place, or a wish. */
const elsewherePattern =
  /\b(?:works?|working|fine|supports?|unlike|not|also|same|available|expected|e\.g\.?|like|for|if|cmd|ctrl|option|press|across|such as|users?)\b/i;

/** Where the platform is stated, with the most telling statement first in weight. */
export const platformFinder: FactFinder = {
  kind: 'platform',
  find: (sources) => preferExact(keepAgreed([...stated(sources), ...mentioned(sources)])),
};

/** Headings below which a bare line `macOS 15.5` is a statement. */
const environment = /(?:^|-)(?:environments?|system|setup|configuration|versions?|context|platforms?)(?:-|$)/;

function stated(sources: FactSources): Candidate[] {
  const found = [
    ...fromSections(sources, /^(?:operating-system|os|platform|os-version|system)(?:-|$)/, readPlatform),
    ...fromSections(sources, /^(?:terminal(?:-shell)?|shell)$/, readWsl),
    ...fromKeys(sources, systemKey, readPlatform),
    ...fromKeys(sources, looseKey, readAtOnce, 60),
  ];
  for (const { start, end } of sources.sections.filter(({ slug }) => environment.test(slug))) {
    for (const { index, 0: mark } of sources.body
      .slice(start, Math.min(end, start + 600))
      .matchAll(/^[ \t>*•|-]*/gm)) {
      const reading = readPlatform(restOfLine(sources.body, start + index + mark.length));
      if (reading?.start === 0) found.push(toCandidate(reading, start + index + mark.length, 'text', 60));
    }
  }
  for (const { index } of sources.body.matchAll(printed)) {
    const reading = readPlatform(restOfLine(sources.body, index));
    if (reading !== null) found.push(toCandidate(reading, index, 'text', 75));
  }
  return found;
}

/** Behind a key that asks for more than the system, it must be named early. */
function readAtOnce(answer: string): Reading | null {
  const reading = readPlatform(answer);
  return reading !== null && reading.start < 16 ? reading : null;
}

/** A terminal of WSL says which system it is, other terminals do not. */
function readWsl(answer: string): Reading | null {
  const reading = readPlatform(answer);
  return reading?.value.includes('WSL') ? reading : null;
}

function mentioned({ title, body }: FactSources): Candidate[] {
  return [...mentionedIn(title, 'title', 35), ...mentionedIn(body, 'body', 5)];
}

/** Systems named in running text; `bare` is the weight of a name that nothing around it explains. */
function mentionedIn(text: string, field: Candidate['field'], bare: number): Candidate[] {
  const found: Candidate[] = [];
  const mentions = mentionsOf(text);
  for (const [index, { start, end, family }] of mentions.entries()) {
    const next = mentions[index + 1];
    const isListed = (other: Mention | undefined): boolean =>
      other !== undefined &&
      !isOneSystem(family, other.family) &&
      Math.max(start, other.start) - Math.min(end, other.end) < maxListGap &&
      !text.slice(Math.min(end, other.end), Math.max(start, other.start)).includes('\n');
    const listed = isListed(mentions[index - 1]) || isListed(next);
    const line = restOfLine(text, start);
    // `Windows 11 + WSL2`, `WSL (Ubuntu)` are read as one, other names by themselves.
    const isOne = next !== undefined && next.family !== family && isOneSystem(family, next.family);
    const until = isOne ? (mentions[index + 2]?.start ?? text.length) : (next?.start ?? text.length);
    const reading = readPlatform(line.slice(0, Math.min(60, until - start)));
    // A window is no Windows: in prose the system is written with a capital, or with its number.
    if (reading === null || /^windows(?! \d)/.test(line) || mobile.test(reading.value)) continue;
    const before = text.slice(Math.max(0, start - 48), start).replace(/^[\s\S]*(?:[;!?\n]|[,.] |\bbut )/, '');
    let weight = bare;
    if (listed) weight = 5;
    else if (elsewherePattern.test(before) || /^\S+[- ](?:only|specific|support)/i.test(line)) weight = 20;
    else if (herePattern.test(before)) weight = 40;
    else if (/\d/.test(reading.value)) weight = 30;
    found.push({ ...toCandidate(reading, start, 'text', weight), field });
  }
  return found;
}

/** Two names that may be said of one machine: the same family, or WSL beside its host or its guest. */
function isOneSystem(one: Mention['family'], other: Mention['family']): boolean {
  const isHosted = (family: Mention['family']): boolean => family === 'windows' || family === 'linux';
  return one === other || (one === 'wsl' && isHosted(other)) || (other === 'wsl' && isHosted(one));
}

/** What is said in passing counts only where nothing better is said and it is not of several systems. */
function keepAgreed(found: readonly Candidate[]): Candidate[] {
  const best = found.reduce((most, { weight }) => Math.max(most, weight), 0);
  if (best < 30) return [];
  if (best >= 75) return found.filter(({ weight }) => weight >= 30);
  const top = found.filter(({ weight }) => weight === best);
  const families = new Set(top.map(({ value }) => platformFamily(value)));
  if (families.size === 1) return [...found];
  const titled = top.filter(({ field }) => field === 'title');
  return new Set(titled.map(({ value }) => platformFamily(value))).size === 1 ? titled : [];
}

/** The best candidate alone, at the place where the same system is named with its version, if it is. */
function preferExact(found: readonly Candidate[]): Candidate[] {
  const [best, ...others] = [...found].sort((a, b) => b.weight - a.weight);
  if (best === undefined) return [];
  const family = platformFamily(best.value);
  const wsl = others.find(
    ({ value, weight }) =>
      weight >= 75 && value.includes('(WSL') && (family === 'linux' || family === 'windows'),
  );
  if (wsl !== undefined && !best.value.includes('(WSL'))
    return [{ ...wsl, from: best.from, weight: best.weight }];
  const exact = others.find(
    ({ value, weight }) =>
      weight >= 30 && platformFamily(value) === family && detail(value) > detail(best.value),
  );
  return [exact === undefined ? best : { ...exact, from: best.from, weight: best.weight }];
}

/** How much a value says: a bare family least, a name more, a name with a version most. */
function detail(value: string): number {
  if (/\d/.test(value)) return 2;
  return value === 'Linux' || value === 'macOS' || value === 'Windows' ? 0 : 1;
}
