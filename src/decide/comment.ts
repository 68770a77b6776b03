import type { Finding } from '../model/finding.ts';
import type { Issue, IssueRef } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { Pack, Signature } from '../model/signature.ts';
import { percent } from './because.ts';
import { qualify, quote } from './quote.ts';

/** Fixes shown above the fold, as many as fit a phone's screen. */
const maxFixes = 3;
const maxQuotedLines = 2;
const maxLineLength = 140;
/** GitHub accepts 65,536 characters; a comment stays well below that, counted in bytes. */
const maxFoldLength = 24_000;

/** Sections of a page that are folded into the comment, in this order. */
const foldedHeadings = ['What this error means', 'Quick fixes', 'Platform checks', 'Troubleshooting'];

/** `#12` within the repository, `owner/name#12` elsewhere. */
export function link(to: IssueRef, from: Pick<Issue, 'repository'>): string {
  const home = to.repository.toLowerCase() === from.repository.toLowerCase();
  return `${home ? '' : to.repository}#${to.number}`;
}

/** The part about a known failure: the page, the matched lines, its first fixes, and the root. */
export function signaturePart(
  issue: Issue,
  signature: Signature,
  lines: readonly string[],
  root: Root | null,
): string {
  const page = pageUrl(signature);
  const { shown, rest } = quickFixes(signature);
  const localise = (markdown: string): string =>
    relink(qualify(markdown, signature.pack.repository, issue.repository), signature.pack);
  return [
    `**This looks like a known failure: ${titleLink(signature, page)}**`,
    ...(lines.length > 0 ? [`What it was recognised by:\n\n${quoted(lines)}`] : []),
    ...(shown.length > 0 ? [`**Try this first**\n\n${localise(numbered(shown))}`] : []),
    root === null ? knownThreads(issue, signature) : rootParagraph(issue, root),
    foldedSections(signature, rest, page, localise),
  ].join('\n\n');
}

/**
 * The part about a fixed failure that seems to be back. `words` say since when it was fixed; the page, if
 * there is one, is folded.
 */
export function regressionPart(
  issue: Issue,
  signature: Signature | null,
  words: string,
  lines: readonly string[],
): string {
  const page = signature === null ? null : pageUrl(signature);
  const of = signature === null ? '' : ` of a known failure: ${titleLink(signature, page)}`;
  const localise = (markdown: string): string =>
    signature === null
      ? markdown
      : relink(qualify(markdown, signature.pack.repository, issue.repository), signature.pack);
  return [
    `**This may be a regression${of}**`,
    words,
    ...(lines.length > 0 ? [`What it was recognised by:\n\n${quoted(lines)}`] : []),
    ...(signature === null ? [] : [foldedSections(signature, '', page, localise)]),
  ].join('\n\n');
}

/** The part about an earlier report of the same problem. */
export function duplicatePart(
  issue: Issue,
  finding: Finding,
  target: IssueRef,
  lines: readonly string[],
): string {
  const likeness = lines.length > 0 ? ` What it shares with it:\n\n${quoted(lines)}` : '';
  return (
    `**Probably reported before: ${link(target, issue)}** (${percent(finding.probability)} ` +
    `sure).${likeness}\n\nIf it is the same, your problem is confirmed: please add there what is ` +
    'new in your case; a thumbs up on its first post counts you in.'
  );
}

/** Whether a text links an issue. */
export function linksTo(text: string, to: IssueRef, from: Pick<Issue, 'repository'>): boolean {
  return new RegExp(`${link(to, from).replace(/[.]/g, '\\.')}(?!\\d)`).test(text);
}

/**
 * The part about a posted credential. It names neither kind nor place, which would help whoever looks for
 * one.
 */
export function secretPart(): string {
  return [
    '**This issue or a comment on it seems to hold a credential.** Please revoke it now, wherever ' +
      'it was issued; then edit it out.',
    'Editing alone is not enough: earlier versions stay in the edit history, and everybody who ' +
      'watches got the text by e-mail. To have the history removed, delete the version there (the ' +
      '"edited" menu) or [ask GitHub](https://support.github.com/request).',
  ].join('\n\n');
}

/** The answer to a `duplicate` label on an issue of which no earlier report is known. */
export function nothingEarlierPart(): string {
  return (
    '**Marked as a duplicate, but no earlier report of this is known here.** If you know it, ' +
    'please link it, so that everybody who comes by finds it.'
  );
}

/** The part that asks for missing items, given as a Markdown list. */
export function missingPart(asks: string): string {
  return (
    `**To find the cause, this is still missing:**\n\n${asks.trim()}\n\nEdit it in, or reply with ` +
    'it; this comment and its label then go away by themselves.'
  );
}

/** Why the comment was posted, with the same `because` lines as the ledger, and how to disagree. */
export function footer(lines: readonly string[]): string {
  const why = lines.map((line) => `- ${line}`).join('\n');
  return (
    `<details><summary>Why this comment</summary>\n\n${why}\n\n</details>\n\nNot your problem? ` +
    'Reply `/signpost not-this` and this is taken back.'
  );
}

/** The text that replaces a comment whose findings no longer hold. */
export function retraction(
  reason: 'refused' | 'edited' | 'ignored' | 'complete' | 'uncounted' | 'reopened',
): string {
  if (reason === 'uncounted') return 'No report points here any more.';
  if (reason === 'reopened') return 'This issue is open again; what stood here of its close no longer holds.';
  if (reason === 'complete') return 'Thank you: nothing is missing any more.';
  const why = {
    refused: 'you said that this is a different problem',
    edited: 'the edited report no longer matches what was found before',
    ignored: 'a maintainer asked for it, and this issue is left alone from now on',
  }[reason];
  return (
    `Taken back: ${why}. Nothing is suggested here any more, and labels that were added with it ` +
    'are gone.'
  );
}

function titleLink(signature: Signature, page: string | null): string {
  const text = signature.title.replace(/[[\]<>]/g, '\\$&');
  return page === null ? text : `[${text}](${page})`;
}

function pageUrl({ pack, id }: Pick<Signature, 'pack' | 'id'>): string | null {
  return pack.url?.replaceAll('{id}', encodeURIComponent(id)) ?? null;
}

/** Replaces links to other pages by file name, which do not work in an issue, by the pages' URLs. */
function relink(markdown: string, pack: Pack): string {
  return markdown.replace(
    /\[([^\]\n]{1,200})\]\((?:\.\/)?([a-z0-9-]{1,100})\.md\)/g,
    (_, text: string, id: string) => {
      const page = pageUrl({ pack, id });
      return page === null ? text : `[${text}](${page})`;
    },
  );
}

/** Quotes matched lines so that they notify nobody and link nothing. */
function quoted(lines: readonly string[]): string {
  return lines
    .slice(0, maxQuotedLines)
    .map((line) => `> ${quote(line, maxLineLength)}`)
    .join('\n>\n');
}

function rootParagraph(issue: Issue, { open, past, reports }: Root): string {
  const count = reports > 1 ? ` (${reports} known reports)` : '';
  if (open !== null) {
    return (
      `**Open thread:** ${link(open, issue)}${count}. Your problem is confirmed; please add there ` +
      'what is new in your case.'
    );
  }
  if (past !== null) {
    return (
      `**No open thread tracks this at the moment.** The most recent one is ${link(past, issue)}, ` +
      `closed${count}. This issue stays where it is.`
    );
  }
  return '**No older thread tracks this**: this issue is the place for it.';
}

/** The numbers of a page's threads, where their state was not looked up (`explain` on a file). */
function knownThreads(issue: Issue, { pack, threads }: Signature): string {
  const links = threads.map((number) => link({ repository: pack.repository, number }, issue));
  return links.length > 0
    ? `**Known threads:** ${links.join(', ')} (whether they are open was not looked up).`
    : '**No thread is known.**';
}

function foldedSections(
  signature: Signature,
  rest: string,
  page: string | null,
  localise: (markdown: string) => string,
): string {
  const parts = foldedHeadings.flatMap((heading) => {
    const section = signature.sections.find((candidate) => candidate.heading === heading);
    const markdown = heading === 'Quick fixes' ? rest : (section?.markdown.trim() ?? '');
    return markdown === ''
      ? []
      : [`#### ${heading === 'Quick fixes' ? 'More quick fixes' : heading}\n\n${markdown}`];
  });
  const whole = localise(parts.join('\n\n'));
  const cut =
    whole.length > maxFoldLength ? `${whole.slice(0, whole.lastIndexOf('\n\n', maxFoldLength))}\n\n…` : whole;
  const more = page === null ? '' : `\n\n[Read the whole page](${page})`;
  return (
    '<details><summary>All steps, platform checks, and what to report</summary>\n\n' +
    `${cut}${more}\n\n</details>`
  );
}

/**
 * Splits the first list under "Quick fixes" into the items to show, without numbers, and all text after them.
 */
function quickFixes(signature: Signature): { readonly shown: readonly string[]; readonly rest: string } {
  const lines = (signature.sections.find(({ heading }) => heading === 'Quick fixes')?.markdown ?? '').split(
    '\n',
  );
  const shown: string[] = [];
  let fenced = false;
  for (const [index, line] of lines.entries()) {
    const item = fenced ? null : /^(?:\d+[.)]|[-*+])\s+(.*)$/.exec(line);
    const inside = fenced || /^\s+\S/.test(line) || line.trim() === '';
    if (item !== null && shown.length < maxFixes) shown.push(item[1] ?? '');
    else if (shown.length > 0 && inside) shown.push(`${shown.pop() ?? ''}\n${line.trimEnd()}`);
    else if (shown.length > 0)
      return { shown: shown.map((text) => text.trim()), rest: lines.slice(index).join('\n').trim() };
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
  }
  return { shown: shown.map((text) => text.trim()), rest: '' };
}

function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join('\n');
}
