import type { FactKind, Report } from '../model/report.ts';
import { statesError } from './errors.ts';

/** Which details of a failure a report gives, in whatever form. */
export interface PresentDetails {
  /** The failure's own words: an error line, a trace, pasted output, or a picture of it. */
  readonly message: boolean;
  /** What was run or typed. */
  readonly command: boolean;
  readonly version: boolean;
  readonly platform: boolean;
  readonly steps: boolean;
}

const image = /!\[[^\]]{0,300}\]\(|<(?:img|video)\s|user-attachments\/assets\//i;
const steps =
  /^(?:steps|how-to-reproduce|reproduction|repro|minimal-reproduction|to-reproduce|what-you-asked)/;

/**
 * Finds the details that a report gives in text, form or picture; what cannot be read (a screenshot) counts
 * as given.
 */
export function presentDetails(report: Report): PresentDetails {
  const filled = (slug: RegExp): boolean =>
    report.sections.some((section) => !section.empty && slug.test(section.slug));
  const has = (kind: FactKind): boolean => report.facts.some((fact) => fact.kind === kind);
  const hasSteps = filled(steps) || (/(?:^|\s)1[.)] \S/.test(report.body) && /\s2[.)] \S/.test(report.body));
  return {
    message:
      statesError(report.title) ||
      report.errors.length > 0 ||
      report.frames.length > 0 ||
      filled(/error|log|output/) ||
      image.test(report.body),
    command: report.commands.length > 0 || hasSteps,
    version: has('version') || filled(/^(?!last-)(?:[\w-]+-)?version$/),
    platform: has('platform') || filled(/^(?:operating-system|os)$/),
    steps: hasSteps,
  };
}
