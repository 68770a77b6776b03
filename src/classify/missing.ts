import type { Config, MissingItem } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';

/** For each item, whether it is in the report, in whatever form. */
export type Presence = Readonly<Record<MissingItem, boolean>>;

/** Words that tell of something that went wrong, in titles. */
const failure =
  /\b(?:errors?|fail(?:s|ed|ing|ure)?|crash(?:es|ed|ing)?|broken?|breaks|bug|hang(?:s|ing)?|hung|fr(?:eez|oz)\w*|wrong(?:ly)?|incorrect(?:ly)?|regress\w*|leak\w*|panics?|exception|can(?:'t|not| not)|(?:does|do|is|are|did|was|has)(?:n't| not)|unable|never|no longer|stuck|slow|ignor(?:es|ed|ing)|los(?:es|t|ing)|missing|corrupt\w*|unexpected\w*|invalid|disappear\w*|duplicate[ds]?|stops?|stopped|not (?:work|found|show|load|recogni)\w*|persists?|timeouts?|timed out)\b/i;
/** A title that asks for a change, whatever form it was written in. */
const wish =
  /^\W*(?:feat|feature|request|fix|enhancement|proposal|perf|refactor|chore|docs|meta|add|allow|support|implement|improve|make|set|should)\b/i;
/** Words of titles that ask for a change where nothing says that it is a bug. */
const wanting = /\b(?:should|feature request|required)\b/i;
/** Words that say there was a message to see. */
const spokenOf =
  /\b(?:(?:an?|the|this|that|some|same|following|api|weird|strange|random|internal|unknown|fatal|constant|many|get|gets|getting|got|shows?|see|seeing|throws?|gives?) errors?(?! handling| prone)|error messages?(?! handling)|throws?|exceptions?|crash(?:es|ed|ing)?|stack ?trace|(?:fails?|failed) with)\b/i;
const nothingShown =
  /\b(?:no|without(?: an?y?)?) (?:visible |clear |useful )?(?:errors?|exceptions?|messages?|output)\b/i;
/** Somebody's words, given word for word: a quotation of three words or more. */
const quotation = /["“”'‘`«](?:[^\s"“”`«»]{1,40}\s){2,20}[^\s"“”`«»]{1,40}["“”'’`»]/;
/** Something that a command or a step may have caused, as against an opinion or a look. */
const stopped =
  /\b(?:errors?|exceptions?|crash\w*|hang(?:s|ing)?|hung|fr(?:eez|oz)\w*|stuck|fail\w*|stop(?:s|ped)?|not work\w*|unable|unresponsive)\b/i;
/** A clause that says what was done when it happened. */
const occasion =
  /\b(?:when|whenever|after|while|upon|once|if (?:i|you|we)|(?:by|on|after|when) \w+ing|typ(?:e|ed|ing)|press\w*|click\w*|run|ran|running|execut\w*|tr(?:y|ied|ying) to|us(?:e|ed|ing)|just|open(?:ed|ing)?)\b/i;
const picture = /!\[[^\]]{0,200}\]\(|<(?:img|video)\s|user-attachments\/assets\//i;
const versionNumber = /(?:^|[^\d.])\d{1,4}\.\d{1,4}\.\d{1,6}(?![\d.]*\d)/;
const platformWord =
  /\b(?:mac|mac ?os|macbook|os ?x|darwin|windows|win32|powershell|linux|ubuntu|debian|fedora|arch|nixos|wsl2?|ipad|iphone|ios|android|docker|container)\b|\/Users\/|\/home\/|\b[A-Z]:\\/i;
const slashCommand = /(?:^|[\s`"'(])\/[a-z][a-z-]{2,30}(?=$|[\s`"'.,)])/;

/**
 * What a report of this kind should hold by the settings; nothing for an issue that tells of no failure, whatever its
 * form: a wish laid out under a bug's headings is not asked for a message.
 */
export function asksFor(report: Report, missing: Config['missing']): readonly MissingItem[] {
  if (report.kind === 'bug') return isFailure(report) ? missing.bug : [];
  if (report.kind === 'feature') return missing.feature;
  return report.kind === 'question' ? missing.question : [];
}

/** The report says that something does not work. */
function isFailure({ title, errors, frames, sections }: Report): boolean {
  const tag = /^\s*\[(?:\w+ )?bug[^\]]{0,20}\]/i.exec(title)?.[0] ?? '';
  const tagged = tag !== '';
  if (wish.test(title.slice(tag.length)) || (!tagged && wanting.test(title))) return false;
  return (
    tagged ||
    errors.length > 0 ||
    frames.length > 0 ||
    failure.test(title) ||
    sections.some(
      ({ slug, empty }) => !empty && /^(?:whats-wrong|bug-description|actual-behaviou?r)$/.test(slug),
    )
  );
}

/**
 * Which of `asks` are absent from text and form. `there` is what the report stage read; here doubt counts as there:
 * asking for what was given costs more than going without.
 */
export function findMissing(report: Report, asks: readonly MissingItem[], there: Presence): Finding[] {
  const absent = absence(report);
  return asks
    .filter((item) => !there[item] && asked(report, item) && absent[item]())
    .map((item) => ({
      kind: 'missing',
      id: item,
      probability: absentAt,
      evidence: evidenceOf(report, item),
      from: report.sections.some(({ from }) => from === 'form') ? 'form' : 'fact',
    }));
}

/** How often what is asked for is really absent: counted by reading, see docs/labels.md. */
const absentAt = 0.95;

function absence(report: Report): Readonly<Record<MissingItem, () => boolean>> {
  const { title, body, code } = report;
  const text = `${title}\n${body}`;
  const prose = `${title}\n${report.prose.map(({ start, end }) => body.slice(start, end)).join('\n')}`;
  const shown = (): boolean => code.length > 0 || quotation.test(prose) || picture.test(body);
  const done = (): boolean =>
    shown() || slashCommand.test(text) || occasion.test(prose) || /(?:^|\s)1[.)] \S/.test(body);
  return {
    // Wrong behaviour has no message: it is asked for only where one is spoken of.
    message: () => spokenOf.test(prose) && !nothingShown.test(prose) && !shown(),
    command: () => stopped.test(prose) && !done(),
    version: () => !versionNumber.test(`${title}\n${withoutOthers(report)}`),
    platform: () => !platformWord.test(text),
    steps: () => !done(),
  };
}

/** The body without the facts whose versions are of something else: systems, runtimes, terminals. */
function withoutOthers({ body, facts }: Report): string {
  let rest = '';
  let at = 0;
  for (const { kind, field, start, end } of facts) {
    if (field !== 'body' || kind === 'version' || start < at) continue;
    rest += `${body.slice(at, start)} `;
    at = end;
  }
  return rest + body.slice(at);
}

/** A form that was used and has no open question for the item: its makers do not want to know. */
function asked(report: Report, item: MissingItem): boolean {
  const form = report.sections.filter(({ from }) => from === 'form');
  return form.length < leastForm || sectionFor(report, item) !== null;
}

/** The heading under which the answer was left out, where the form has one. */
function evidenceOf(report: Report, item: MissingItem): Evidence[] {
  const section = sectionFor(report, item);
  if (section === null || section.end <= section.start) return [];
  const { slug, start, end } = section;
  return [{ field: `section:${slug}`, start, end, text: report.body.slice(start, end) }];
}

/** A report with fewer questions was not written in a form. */
const leastForm = 3;

const slugs: Readonly<Record<MissingItem, RegExp>> = {
  message: /error|message|log|output/,
  command: /command|steps|reproduc|what-you-(?:did|asked)/,
  version: /^(?!last-|.*working).*version/,
  platform: /operating-system|^os$|platform|environment/,
  steps: /steps|reproduc/,
};

/** The empty section of the report's form that the item belongs in; null without one. */
export function sectionFor(report: Report, item: MissingItem): Report['sections'][number] | null {
  return (
    report.sections.find(({ slug, from, empty }) => from === 'form' && empty && slugs[item].test(slug)) ??
    null
  );
}
