import { stringify } from 'yaml';
import type { Rule } from '../../model/signature.ts';
import type { Draft } from './draft.ts';

/** What the reports of a group say of where it happens, as far as they say it. */
export interface Sightings {
  readonly reports: number;
  readonly versions: readonly string[];
  readonly platforms: readonly string[];
}

const person = '_A person has to write this: the reports do not say it._';

/**
 * The draft as a page: front matter with rules and samples, and every section that a page needs. What only a person can
 * know says so. `quote` makes reporters’ words safe in Markdown.
 */
export function renderPage(draft: Draft, seen: Sightings, quote: (text: string) => string): string {
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
  const rules = any.map((rule) => said(rule, quote));
  const sections = {
    'What this error means': `Drafted from ${seen.reports} reports that say ${quote(title)} or much the same.\n\n${person}`,
    'Why this happens': person,
    'Common causes': `What the reports share, and other reports of this repository do not: ${rules.join(', ')}.\n\n${person}`,
    'Quick fixes': `1. ${person}`,
    'Platform checks': `${named('Versions', seen.versions, quote)} ${named('Platforms', seen.platforms, quote)}\n\n${person}`,
    Troubleshooting: person,
    Prevention: person,
  };
  const body = Object.entries(sections).map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${body.join('\n')}`;
}

function named(what: string, values: readonly string[], quote: (text: string) => string): string {
  return values.length === 0
    ? `${what}: not named.`
    : `${what} that were named: ${values.map((value) => quote(value)).join(', ')}.`;
}

/** A rule in words. */
function said(rule: Rule, quote: (text: string) => string): string {
  if ('all' in rule) return rule.all.map((one) => said(one, quote)).join(' with ');
  if ('any' in rule) return rule.any.map((one) => said(one, quote)).join(' or ');
  if ('near' in rule) return rule.near.map((word) => quote(word)).join(' near ');
  return 'text' in rule ? quote(rule.text) : '';
}
