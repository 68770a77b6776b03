import type { Report, Section } from '../model/report.ts';
import type { Field, Region } from '../model/text.ts';
import { familyOf } from './families.ts';
import type { FeatureCounts, FeatureVisitor, Group } from './feature-types.ts';
import { topicsFor } from './topics.ts';
import { wordsOf } from './words.ts';

/** Where a feature first occurs; null for one without a location, such as something absent. */
export type FeatureLocation = (Region & { readonly field: Field }) | null;
type Passage = Region & { readonly text: string; readonly field: Field };

/** Words read of one report; more costs time and improves nothing. */
const maxWords = 2_000;
const maxCodeWords = 1_000;
/** A form's answer up to this length counts as one feature: it is a choice or a name. */
const maxAnswer = 50;
/** Facts whose value differs from report to report. */
const volatileFacts = new Set(['version', 'path']);

/**
 * Visits all features: answers, facts, words and pairs of words of title and prose, words of code, topics.
 */
function visitFeatures(report: Report, visit: FeatureVisitor): void {
  const answers = report.sections.filter((section) => isAnswer(report, section));
  visitForm(report, new Set(answers), visit);
  // A tag such as [BUG] names the kind of report, not its subject.
  const text = report.title.replace(/^\s*\[[^\]]{1,40}\]/, (tag) => ' '.repeat(tag.length));
  const title: Passage = { text, field: 'title', start: 0, end: text.length };
  const inBody =
    (field: Field) =>
    (region: Region): Passage => ({ text: report.body, field, ...region });
  const prose = outside(answers, report.prose).map(inBody('prose'));
  const blocks = report.code.filter(({ inline }) => !inline).map(inBody('code'));
  visitWords('title', 't', [title], maxWords, visit);
  visitWords('text', 'w', [title, ...prose], maxWords, visit);
  visitWords('code', 'c', blocks, maxCodeWords, visit);
}

/** Counts a report's features, and records in `places` where each first occurs. */
export function countFeatures(report: Report, places?: Map<string, FeatureLocation>): FeatureCounts {
  const features: Record<Group, Map<string, number>> = {
    form: new Map(),
    title: new Map(),
    text: new Map(),
    code: new Map(),
    topic: new Map(),
  };
  visitFeatures(report, (group, name, field, start, end) => {
    const counts = features[group];
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    if (count === 0) places?.set(name, field && { field, start, end });
  });
  return features;
}

function visitForm(report: Report, answers: ReadonlySet<Section>, visit: FeatureVisitor): void {
  const tag = /^\s*\[([^\]]{1,40})\]/.exec(report.title);
  const visitFact = (name: string): void => visit('form', name, null, 0, 0);
  visitFact(`kind=${report.kind}`);
  visit('form', `tag=${tag?.[1]?.trim().toLowerCase() ?? ''}`, tag && 'title', 0, tag?.[0].length ?? 0);
  for (const section of report.sections) {
    const { slug, start, end } = section;
    if (section.from !== 'form') {
      visitFact(`heading=${slug}`);
      continue;
    }
    visitFact(`asked=${slug}`);
    if (section.empty) visitFact(`unanswered=${slug}`);
    else if (answers.has(section) && !/version/.test(slug)) {
      const answer = report.body.slice(start, end).trim().toLowerCase();
      visit('form', `${slug}=${answer}`, `section:${slug}`, start, end);
    }
  }
  for (const fact of report.facts) {
    if (volatileFacts.has(fact.kind)) continue;
    const { field, start, end } = fact;
    const seenIn = field === 'title' ? 'title' : 'prose';
    visit('form', `${fact.kind}=${familyOf(fact)}`, seenIn, start, end);
    visit(
      'form',
      `${fact.kind}=${familyOf(fact)} in ${fact.from === 'form' ? 'form' : field}`,
      seenIn,
      start,
      end,
    );
  }
  if (!report.facts.some(({ kind }) => kind === 'platform')) visitFact('no platform');
  if (report.code.length === 0) visitFact('no code');
  if (report.errors.length === 0) visitFact('no error');
  if (report.frames.length > 0) visitFact('trace');
  visitFact(`length=${Math.round(Math.log2(report.body.length + 1))}`);
}

function visitWords(
  group: Group,
  prefix: string,
  passages: readonly Passage[],
  limit: number,
  visit: FeatureVisitor,
): void {
  let remaining = limit;
  for (const { text, field, start: from, end: to } of passages) {
    if (remaining <= 0) return;
    const words = wordsOf(text, from, to, remaining);
    remaining -= words.length;
    words.forEach(({ stem, start, end }, at) => {
      const see = (stems: string, from: number): void => {
        visit(group, `${prefix}:${stems}`, field, from, end);
        if (group === 'code') return;
        for (const topic of topicsFor(stems))
          visit('topic', group === 'title' ? `title topic=${topic}` : `topic=${topic}`, field, from, end);
      };
      see(stem, start);
      const before = words[at - 1];
      if (before !== undefined && group !== 'code') see(`${before.stem} ${stem}`, before.start);
    });
  }
}

function isAnswer({ body }: Report, { from, empty, start, end }: Section): boolean {
  const text = body.slice(start, end).trim();
  return from === 'form' && !empty && text.length <= maxAnswer && !text.includes('\n');
}

/** The regions that lie in none of the sections; both are in order of position. */
function outside(sections: readonly Region[], regions: readonly Region[]): Region[] {
  let next = 0;
  return regions.filter(({ start, end }) => {
    while (sections[next] !== undefined && sections[next]!.end <= start) next++;
    const section = sections[next];
    return section === undefined || start < section.start || section.end < end;
  });
}
