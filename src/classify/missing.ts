import type { Config, MissingItem } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';

/** For each item, whether the report holds it in any form. */
export type Presence = Readonly<Record<MissingItem, boolean>>;

/** Words of titles that report a failure. */
const failureWords =
  /\b(?:errors?|fail(?:s|ed|ing|ure)?|crash(?:es|ed|ing)?|broken?|breaks|bug|hang(?:s|ing)?|hung|fr(?:eez|oz)\w*|wrong(?:ly)?|incorrect(?:ly)?|regress\w*|leak\w*|panics?|exception|can(?:'t|not| not)|(?:does|do|is|are|did|was|has)(?:n't| not)|unable|never|no longer|stuck|slow|ignor(?:es|ed|ing)|los(?:es|t|ing)|missing|corrupt\w*|unexpected\w*|invalid|disappear\w*|duplicate[ds]?|stops?|stopped|not (?:work|found|show|load|recogni)\w*|persists?|timeouts?|timed out)\b/i;
/** Titles that ask for a change, in whatever form they were written. */
const changeRequest =
  /^\W*(?:feat|feature|request|fix|enhancement|proposal|perf|refactor|chore|docs|meta|add|allow|support|implement|improve|make|set|should)\b/i;
/** Words of titles that ask for a change unless the title is tagged as a bug. */
const requestWords = /\b(?:should|feature request|required)\b/i;
/** Words that imply a visible message. */
const messageMentioned =
  /\b(?:(?:an?|the|this|that|some|same|following|api|weird|strange|random|internal|unknown|fatal|constant|many|get|gets|getting|got|shows?|see|seeing|throws?|gives?) errors?(?! handling| prone)|error messages?(?! handling)|throws?|exceptions?|crash(?:es|ed|ing)?|stack ?trace|(?:fails?|failed) with)\b/i;
const noMessage =
  /\b(?:no|without(?: an?y?)?) (?:visible |clear |useful )?(?:errors?|exceptions?|messages?|output)\b/i;
/** A quotation of three words or more. */
const quotation = /["“”'‘`«](?:[^\s"“”`«»]{1,40}\s){2,20}[^\s"“”`«»]{1,40}["“”'’`»]/;
/** Failures that a command or a step may have caused, as opposed to opinions and appearances. */
const interruption =
  /\b(?:errors?|exceptions?|crash\w*|hang(?:s|ing)?|hung|fr(?:eez|oz)\w*|stuck|fail\w*|stop(?:s|ped)?|not work\w*|unable|unresponsive)\b/i;
/** Words that introduce what was done when it happened. */
const occasion =
  /\b(?:when|whenever|after|while|upon|once|if (?:i|you|we)|(?:by|on|after|when) \w+ing|typ(?:e|ed|ing)|press\w*|click\w*|run|ran|running|execut\w*|tr(?:y|ied|ying) to|us(?:e|ed|ing)|just|open(?:ed|ing)?)\b/i;
const picture = /!\[[^\]]{0,200}\]\(|<(?:img|video)\s|user-attachments\/assets\//i;
const versionNumber = /(?:^|[^\d.])\d{1,4}\.\d{1,4}\.\d{1,6}(?![\d.]*\d)/;
const platformWord =
  /\b(?:mac|mac ?os|macbook|os ?x|darwin|windows|win32|powershell|linux|ubuntu|debian|fedora|arch|nixos|wsl2?|ipad|iphone|ios|android|docker|container)\b|\/Users\/|\/home\/|\b[A-Z]:\\/i;
const slashCommand = /(?:^|[\s`"'(])\/[a-z][a-z-]{2,30}(?=$|[\s`"'.,)])/;

/**
 * The items that the settings require of a report of this kind. None for an issue that reports no failure,
 * whatever its form: a feature request under a bug's headings is not asked for a message.
 */
export function requiredItems(report: Report, missing: Config['missing']): readonly MissingItem[] {
  if (report.kind === 'bug') return isFailure(report) ? missing.bug : [];
  if (report.kind === 'feature') return missing.feature;
  return report.kind === 'question' ? missing.question : [];
}

/** Whether the report says that something does not work. */
function isFailure({ title, errors, frames, sections }: Report): boolean {
  const tag = /^\s*\[(?:\w+ )?bug[^\]]{0,20}\]/i.exec(title)?.[0] ?? '';
  const tagged = tag !== '';
  if (changeRequest.test(title.slice(tag.length)) || (!tagged && requestWords.test(title))) return false;
  return (
    tagged ||
    errors.length > 0 ||
    frames.length > 0 ||
    failureWords.test(title) ||
    sections.some(
      ({ slug, empty }) => !empty && /^(?:whats-wrong|bug-description|actual-behaviou?r)$/.test(slug),
    )
  );
}

/**
 * Finds the required items that are absent from text and form. In doubt an item counts as present: asking for
 * what was given costs more than not asking.
 * @param present the items that the report stage has read
 */
export function findMissing(report: Report, required: readonly MissingItem[], present: Presence): Finding[] {
  const absent = absenceTests(report);
  return required
    .filter((item) => !present[item] && mayAskFor(report, item) && absent[item]())
    .map((item) => ({
      kind: 'missing',
      id: item,
      probability: absentProbability,
      evidence: evidenceOf(report, item),
      from: report.sections.some(({ from }) => from === 'form') ? 'form' : 'fact',
    }));
}

/** The share of requested items that are truly absent, counted by reading: see docs/labels.md. */
const absentProbability = 0.95;

function absenceTests(report: Report): Readonly<Record<MissingItem, () => boolean>> {
  const { title, body, code } = report;
  const text = `${title}\n${body}`;
  const prose = `${title}\n${report.prose.map(({ start, end }) => body.slice(start, end)).join('\n')}`;
  const hasQuoteOrPicture = (): boolean => code.length > 0 || quotation.test(prose) || picture.test(body);
  const tellsWhatWasDone = (): boolean =>
    hasQuoteOrPicture() || slashCommand.test(text) || occasion.test(prose) || /(?:^|\s)1[.)] \S/.test(body);
  return {
    // Wrong behaviour has no message, so one is requested only where the text mentions it.
    message: () => messageMentioned.test(prose) && !noMessage.test(prose) && !hasQuoteOrPicture(),
    command: () => interruption.test(prose) && !tellsWhatWasDone(),
    version: () => !versionNumber.test(`${title}\n${withoutOtherVersions(report)}`),
    platform: () => !platformWord.test(text),
    steps: () => !tellsWhatWasDone(),
  };
}

/** The body without facts that carry the versions of systems, runtimes and terminals. */
function withoutOtherVersions({ body, facts }: Report): string {
  let rest = '';
  let at = 0;
  for (const { kind, field, start, end } of facts) {
    if (field !== 'body' || kind === 'version' || start < at) continue;
    rest += `${body.slice(at, start)} `;
    at = end;
  }
  return rest + body.slice(at);
}

/** Whether an item may be requested: a form that was used and has no such question does not want it. */
function mayAskFor(report: Report, item: MissingItem): boolean {
  const form = report.sections.filter(({ from }) => from === 'form');
  return form.length < minFormQuestions || sectionFor(report, item) !== null;
}

/** The empty section that the item belongs in, as evidence. */
function evidenceOf(report: Report, item: MissingItem): Evidence[] {
  const section = sectionFor(report, item);
  if (section === null || section.end <= section.start) return [];
  const { slug, start, end } = section;
  return [{ field: `section:${slug}`, start, end, text: report.body.slice(start, end) }];
}

/** Questions that a form has at least; with fewer a report was not written in one. */
const minFormQuestions = 3;

const slugs: Readonly<Record<MissingItem, RegExp>> = {
  message: /error|message|log|output/,
  command: /command|steps|reproduc|what-you-(?:did|asked)/,
  version: /^(?!last-|.*working).*version/,
  platform: /operating-system|^os$|platform|environment/,
  steps: /steps|reproduc/,
};

/** Finds the empty section of the report's form that an item belongs in; null for none. */
export function sectionFor(report: Report, item: MissingItem): Report['sections'][number] | null {
  return (
    report.sections.find(({ slug, from, empty }) => from === 'form' && empty && slugs[item].test(slug)) ??
    null
  );
}
