import { stringify } from 'yaml';
import type { Rule } from '../../model/signature.ts';
import type { SignatureDraft } from './draft-signature.ts';

/** Where the failure happens, as far as the reports say it. */
export interface Sightings {
  readonly reports: number;
  readonly versions: readonly string[];
  readonly platforms: readonly string[];
}

const needsPerson = '_A person has to write this: the reports do not say it._';

/**
 * Renders a draft as a signature page: front matter with rules and samples, and every section that a page
 * needs. What only a person can know says so. `quote` makes reporters’ words safe in Markdown.
 */
export function renderDraft(draft: SignatureDraft, seen: Sightings, quote: (text: string) => string): string {
  const { any, category, differs, id, labels, matches, threads, title } = draft;
  const why = 'near to these reports in its words, not one of them';
  const front = {
    id,
    title,
    category,
    labels,
    threads,
    'fixed-in': null,
    match: { any },
    samples: { matches, ...(differs.length > 0 ? { differs: differs.map((one) => ({ ...one, why })) } : {}) },
  };
  const rules = any.map((rule) => inWords(rule, quote));
  const sections = {
    'What this error means': `Drafted from ${seen.reports} reports that say ${quote(title)} or much the same.\n\n${needsPerson}`,
    'Why this happens': needsPerson,
    'Common causes': `What the reports share, and other reports of this repository do not: ${rules.join(', ')}.\n\n${needsPerson}`,
    'Quick fixes': `1. ${needsPerson}`,
    'Platform checks': `${listNamed('Versions', seen.versions, quote)} ${listNamed('Platforms', seen.platforms, quote)}\n\n${needsPerson}`,
    Troubleshooting: needsPerson,
    Prevention: needsPerson,
  };
  const body = Object.entries(sections).map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${body.join('\n')}`;
}

function listNamed(what: string, values: readonly string[], quote: (text: string) => string): string {
  return values.length === 0
    ? `${what}: not named.`
    : `${what} that were named: ${values.map((value) => quote(value)).join(', ')}.`;
}

/** A rule in words. */
function inWords(rule: Rule, quote: (text: string) => string): string {
  if ('all' in rule) return rule.all.map((one) => inWords(one, quote)).join(' with ');
  if ('any' in rule) return rule.any.map((one) => inWords(one, quote)).join(' or ');
  if ('near' in rule) return rule.near.map((word) => quote(word)).join(' near ');
  return 'text' in rule ? quote(rule.text) : '';
}
