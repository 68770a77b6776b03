// Lines that state a failure, in prose and in pasted output.
import type { Code, ErrorLine } from '../model/report.ts';
import type { Region } from '../model/text.ts';
import { maxLineLength, readLines, readSentences } from './lines.ts';
import { normaliseError } from './normalise.ts';

/** Keeps no more lines: a log that repeats itself tells nothing new. */
const maxErrors = 400;

/** Matches what calls itself an error message, wherever it stands. */
const stated = new RegExp(
  [
    // Error: · TypeError: · java.io.IOException: · error[E0277]: · FATAL: · npm ERR!
    String.raw`(?:Error|Exception)(?=[:(!]\s?\S| \[| E?\d| code)|npm (?:ERR!|error)|(?:^|[^\w.])(?:(?:ERROR|FATAL|CRITICAL|fatal|panic|error|Fatal)(?:\[\w+\])?:(?=\s{0,3}\S)|\[(?:ERROR|FATAL|error|fatal)\])`,
    String.raw`thread '[^'\n]{0,80}' panicked|panicked at|Traceback \(most|Segmentation fault|\bsegfault(?:ed|s)?\b|core dumped|stack overflow|\b[Uu]nhandled (?:promise )?(?:rejection|exception)|Uncaught [A-Z]`,
    String.raw`\bE(?:NOENT|ACCES|PERM|CONN[A-Z]{2,12}|TIMEDOUT|ADDR[A-Z]{2,12}|PIPE|EXIST|MFILE|NOTFOUND|AI_AGAIN|ISDIR|NOTDIR|HOSTUNREACH|BADF|NOSPC|ROFS|LOOP|NOTEMPTY)\b`,
    String.raw`\bAPI Error\b|\b[Ee]xit(?:ed with)? (?:code|status)[ :=]{1,3}-?[1-9]\d*|\bexited with code [1-9]|\bHTTP(?:\/\d(?:\.\d)?)? [45]\d\d\b|\b[Ss]tatus(?: code)?[ :=]{1,3}[45]\d\d\b|\b[45]\d\d (?:Unauthorized|Forbidden|Not Found|Bad Request|Too Many|Internal Server|Bad Gateway|Service Unavailable|Gateway Time-?out|\{)`,
    String.raw`"type" ?: ?"error"|["'\s][a-z]{2,20}(?:_[a-z]{2,20}){0,3}_error["':]|^\s*[✘✗✖] ?\S|internal compiler error|assertion failed|\bSIG(?:SEGV|ABRT|ILL|BUS)\b|(?:received|killed by|signal) SIG(?:KILL|TERM)\b`,
  ].join('|'),
);

/** Matches what sounds like a failure: enough in pasted output and in quotation, not in running prose. */
const sounding =
  /\b(?:failed|failure|fails|unable to|cannot|can't|could ?n[o']t|not found|no such|denied|refused|unauthori[sz]ed|forbidden|invalid|timed out|timeout|unexpected(?:ly)?|unsupported|not supported|unknown (?:option|command|argument|flag|error|host|model|type|tool|skill|key|property)|missing|aborted|crash(?:ed)?|corrupt(?:ed)?|exceed(?:s|ed)|overloaded|expired|rejected|disconnected|unreachable|not recognized|needs authentication|rate.?limit(?:ed)?|limit reached|out of memory|error)\b/i;

/** Matches source text, which is no message: `catch (error) {`, `return missing;`. */
const source =
  /^\s*(?:\/\/|#(?!\d)|\/\*|\*\s|(?:const|let|var|function|return|throw|import|export|if|else|try|catch|def|class|fn|pub|use|for|while|echo|assert|async|await)\b)|[{;]\s*$|^\s*"[\w-]+"\s*:\s*[[{]/;
const frame =
  /^(?:at (?:async )?[\w$.<>[\]#@]+(?: \[as \w+\])? ?\(|at (?:async )?(?:file|node):|#\d+ |\d+: +(?:0x|\S+::)|File ")/;

const denial =
  /^(?:n\/a|none|no (?:\w+ ){0,2}(?:errors?|messages?|logs?|output|crash)|there (?:is|are|was|were) no|not applicable|without errors?)\b/i;

/** The error lines of a report in order. `text` is the laid-out body. */
export function readErrors(text: string, prose: readonly Region[], code: readonly Code[]): ErrorLine[] {
  const found: Region[] = [];
  const spans: Region[] = [];
  for (const block of code) {
    if (block.inline) {
      const span = text.slice(block.start, block.end);
      if (span.includes(' ') && span.length <= maxLineLength && (stated.test(span) || isMessage(span)))
        spans.push(block);
    } else found.push(...readLines(text, block).filter((line) => isError(text.slice(line.start, line.end))));
  }
  for (const region of prose) found.push(...fromProse(text, region, spans));
  return inOrder([...found, ...spans])
    .map(({ start, end }) => ({ start, end, normalised: normaliseError(text.slice(start, end)) }))
    .filter(({ normalised }) => normalised.length > 5)
    .slice(0, maxErrors);
}

/** True where a line of the reporter's (a title) states an error or quotes one. */
export function statesError(words: string): boolean {
  return stated.test(words) || quotationsOf(words, 0).length > 0;
}

function isError(line: string): boolean {
  if (frame.test(line) || denial.test(line)) return false;
  return stated.test(line) || (isMessage(line) && !source.test(line));
}

function isMessage(words: string): boolean {
  return /\s/.test(words) && sounding.test(words);
}

/** Sentences that state an error; where they quote it, the quotation alone. */
function fromProse(text: string, region: Region, spans: readonly Region[]): Region[] {
  const found: Region[] = [];
  let next = 0;
  for (const sentence of readSentences(text, region)) {
    while ((spans[next]?.end ?? sentence.start + 1) <= sentence.start) next += 1;
    const span = spans[next];
    const words = text.slice(sentence.start, sentence.end);
    const quotations = quotationsOf(words, sentence.start);
    if (quotations.length > 0) found.push(...quotations);
    else if ((span === undefined || span.start >= sentence.end) && stated.test(words)) found.push(sentence);
  }
  return found;
}

/** Quotations that sound like a message. */
function quotationsOf(words: string, offset: number): Region[] {
  if (/[{}]/.test(words)) return [];
  const found: Region[] = [];
  for (const match of words.matchAll(/["“`]([^"“”`\n]{8,200})["”`]|(?<!\w)'([^'\n]{8,200})'(?!\w)/g)) {
    const quote = match[1] ?? match[2] ?? '';
    const start = offset + match.index + 1;
    if (quote.includes(' ') && sounding.test(quote)) found.push({ start, end: start + quote.length });
  }
  return found;
}

/** Sorted; of two that overlap the first stays. */
function inOrder(found: readonly Region[]): Region[] {
  let until = -1;
  return [...found]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .filter(({ start, end }) => {
      if (start < until) return false;
      until = end;
      return true;
    });
}
