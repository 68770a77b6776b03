import type { MissingItem } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { sectionFor } from './missing.ts';

/**
 * How a reporter gets each item, as a clause after a colon; a pack's hints take precedence over the defaults.
 */
export type Hints = Readonly<Partial<Record<MissingItem, string>>>;

const defaults: Readonly<Record<MissingItem, { readonly name: string; readonly how: string }>> = {
  message: {
    name: 'The exact message',
    how: 'copied as text from the terminal or the log, with the lines around it',
  },
  command: { name: 'The command', how: 'what you ran or typed right before it happened' },
  version: { name: 'The version', how: 'what the program prints for `--version`, or its About page' },
  platform: {
    name: 'The operating system',
    how: 'its name and version, and whether it runs in WSL or a container',
  },
  steps: { name: 'The steps', how: 'a numbered list that leads from a fresh start to the failure' },
};

/**
 * Formats missing items as a Markdown list: each under the heading that the repository's form has for it,
 * with how to get it. Empty when nothing is missing.
 */
export function formatMissing(missing: readonly Finding[], report: Report, hints: Hints = {}): string {
  return missing
    .flatMap(({ id }) => {
      const item = id as MissingItem;
      const texts = defaults[item];
      if (texts === undefined) return [];
      const heading = sectionFor(report, item)?.heading;
      return [
        `- **${heading === undefined ? texts.name : plainHeading(heading)}**: ${hints[item] ?? texts.how}\n`,
      ];
    })
    .join('');
}

/** The heading without markup: a reporter's text must neither notify anyone nor break the list. */
function plainHeading(heading: string): string {
  return heading
    .replace(/[\r\n]+/g, ' ')
    .replace(/[[\]<>*_`#@&\\|]/g, '')
    .replace(/:\s*$/, '')
    .slice(0, 80)
    .trim();
}
