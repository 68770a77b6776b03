// Line breaks for texts that lost them. Some exporters and mail gateways put a whole report on one line;
// its marks (headings, fences, list items) still say where the lines were.
import { knownLabelLength } from './labels.ts';

/** GitHub takes no longer body. */
const maxBodyLength = 65_536;
const mark = /(^|\s)(#{1,6} \S|```|- \[[ xX]\] |\*\*[^*\n]{1,60}\*\*)/;

/** True when the text has the marks of many lines and hardly any line. */
export function isFlattened(text: string): boolean {
  if (text.length < 80 || text.length > maxBodyLength || !mark.test(text)) return false;
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && breaks < 3; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks < 3;
}

/**
 * The text with a line feed in the place of each blank at which a line began or ended, as far as the marks
 * tell. The length is the same, so that every offset still names the same character.
 */
export function restoreLines(text: string): string {
  const breaks = new Set<number>();
  const breakAt = (index: number): void => {
    if (text[index] === ' ') breaks.add(index);
  };
  let fence = '';
  const word = /\S+/g;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const token = match[0];
    const start = match.index;
    const end = start + token.length;
    const ticks = /^(`{3,}|~{3,})([\w+#.-]*)$/.exec(token);
    if (fence !== '') {
      if (ticks?.[1] !== undefined && ticks[2] === '' && ticks[1].startsWith(fence)) {
        breakAt(start - 1);
        breakAt(end);
        fence = '';
      } else if (isQuestion(token, text, end)) {
        // A question of the form inside a fence: the answer's own fences were not in pairs.
        breakAt(start - 1);
        const stop = end + 1 + knownLabelLength(text.slice(end + 1, end + 161));
        breakAt(stop);
        word.lastIndex = stop;
        fence = '';
      } else if (startsCodeLine(token, text, end)) breakAt(start - 1);
      continue;
    }
    if (ticks?.[1] !== undefined) {
      fence = ticks[1];
      breakAt(start - 1);
      breakAt(end);
    } else if (/^#{1,6}$/.test(token) && end < text.length) {
      breakAt(start - 1);
      const stop = end + 1 + headingLength(text.slice(end + 1, end + 161));
      breakAt(stop);
      word.lastIndex = stop;
    } else if (/^-{3,}$/.test(token)) {
      // Blank lines instead: a rule right under text would make a heading of the text.
      for (let index = start; index < end; index += 1) breaks.add(index);
      breakAt(start - 1);
    } else if (startsLine(token, text, start, end)) {
      breakAt(start - 1);
      const label = boldLabelLength(text, start);
      if (label > 0) breakAt(start + label);
    }
  }
  return withBreaks(text, breaks);
}

function withBreaks(text: string, breaks: ReadonlySet<number>): string {
  const parts: string[] = [];
  let from = 0;
  for (const index of [...breaks].sort((a, b) => a - b)) {
    parts.push(text.slice(from, index));
    from = index + 1;
  }
  parts.push(text.slice(from));
  return parts.join('\n');
}

/** True for `###` with a label behind it, in a text that is a filled form. */
function isQuestion(token: string, text: string, end: number): boolean {
  return token === '###' && text.startsWith('### ') && knownLabelLength(text.slice(end + 1, end + 121)) > 0;
}

function startsLine(token: string, text: string, start: number, end: number): boolean {
  if (token === '-' || token === '*' || /^\d{1,2}[.)]$/.test(token)) return end < text.length;
  if (token === '|') return text.endsWith('| ', start) && text[start - 2] === '|';
  if (/(?:^|\s)(?:[-*]|\d{1,2}[.)]) $/.test(text.slice(Math.max(0, start - 5), start))) return false;
  if (!token.startsWith('**')) return /^(?:<\/?(?:details|summary|img|br)\b.*|[⎿⏺●])$/i.test(token);
  const close = text.slice(start, start + 64).indexOf('**', 2);
  if (close === -1) return false;
  const colon = text[start + close - 1] === ':' || text[start + close + 2] === ':';
  return colon || boldLabelLength(text, start) > 0;
}

/** The length of `**Known label**` at `start`, with a colon if there is one; 0 when there is none. */
function boldLabelLength(text: string, start: number): number {
  const bold = /^\*\*([^*\n]{2,60}?):?\*\*:?(?= )/.exec(text.slice(start, start + 70));
  const words = bold?.[1] ?? '';
  return bold !== null &&
    knownLabelLength(words) === words.length &&
    !/version|os|platform|model|terminal|shell|impact|severity|priority|date|category|component/i.test(words)
    ? bold[0].length
    : 0;
}

/** Prompts, the marks of terminal programs, and times begin lines of output. */
const outputMark =
  /^(?:[$❯⎿⏺●✘✗✖]|\[?\d{4}-\d\d-\d\d(?:T\S*)?|\d\d:\d\d:\d\d\S*|\[(?:ERROR|WARN|INFO|DEBUG|error|warn|info|debug)\])$/;

function startsCodeLine(token: string, text: string, end: number): boolean {
  if (token === 'at')
    return /^ (async |new )?[\w$.<>/[\]#:]+ \(|^ (async )?(file:\/\/|\/|node:)\S/.test(
      text.slice(end, end + 120),
    );
  if (token === 'File') return text.startsWith(' "', end);
  return (
    outputMark.test(token) || (token === 'npm' && /^ (?:error|ERR!|warn) /.test(text.slice(end, end + 8)))
  );
}

/** Where the heading at the start of `text` ends: at a known label, `?`, `:` or the next mark. */
function headingLength(text: string): number {
  const known = knownLabelLength(text);
  if (known > 0) return known;
  const next = / (#{1,6}|[-*]|\d{1,2}[.)]|```\S*|\*\*\S.*) /.exec(`${text} `)?.index ?? text.length;
  const within = text.slice(0, next);
  const stop = /[?:](?= )/.exec(within);
  if (stop !== null) return stop.index + 1;
  // Title case: the heading goes on as long as its words are capitalised.
  const title =
    /^(?:[^\p{Ll}\s]\S*(?: (?:a|an|and|at|by|for|from|in|is|of|on|or|the|to|vs|with))*(?: |$))+/u.exec(
      within,
    );
  const length = title === null ? 0 : title[0].trimEnd().length;
  if (length === within.trimEnd().length) return within.length;
  // The last capitalised word begins the sentence below.
  const last = within.lastIndexOf(' ', length - 1);
  if (length > 0 && last > 0) return last;
  return within.indexOf(' ') === -1 ? within.length : within.indexOf(' ');
}
