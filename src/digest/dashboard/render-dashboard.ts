import type { ActionItem } from '../digest.ts';
import { pluralise } from '../format.ts';
import { printDay } from '../week.ts';
import type { DashboardData } from './dashboard-data.ts';
import { emerging, facts, failures, overTime } from './failure-sections.ts';
import { html, type SafeHtml, trustedHtml } from './html.ts';
import { issueLink, section, truncate } from './markup.ts';
import { decisions, keyFigures, trackRecord } from './record-sections.ts';
import { style } from './style.ts';

const maxActionItems = 20;

/**
 * Renders the dashboard as one HTML document that loads nothing: no script, font or picture from elsewhere.
 * `hash` gives the base64 SHA-256 of a text: the content security policy allows this style sheet and no
 * other.
 */
export function renderDashboard(data: DashboardData, hash: (text: string) => string): string {
  const { digest, writtenAt } = data;
  const { repository, week, zone } = digest;
  const policy = `default-src 'none'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'`;
  const { html: document } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedHtml(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Signpost: ${repository}, ${week}</title>
<style>${trustedHtml(style)}</style></head>
<body><a class="skip" href="#main">To the content</a>
<header><h1>${repository}</h1><p class="quiet">Failures of ${week}, ${printDay(digest.from, zone)} to ${printDay(digest.until - 1, zone)} (${zone})</p></header>
<main id="main" tabindex="-1">
${keyFigures(data)}
${actionItems(data)}
${overTime(data)}
${failures(data)}
${emerging(data)}
${facts(data)}
${trackRecord(data)}
${decisions(data)}
</main>
<footer><p>Written by Signpost on <time datetime="${new Date(writtenAt).toISOString()}">${printDay(writtenAt, zone)}</time> from its own ledger. Counts are of distinct issues and people.</p></footer>
</body></html>
`;
  return document;
}

function actionItems({ digest, site }: DashboardData): SafeHtml {
  const { regressions, repository } = digest;
  const items = [
    ...regressions.map(
      (one) =>
        html`<li>${issueLink(site, repository, one.number)}: ${truncate(one.title)}, reported on ${one.version ?? 'an unnamed version'}, fixed in ${one.fixedIn ?? 'an earlier one'}</li>`,
    ),
    ...digest.emerging
      .filter(({ proposal, warning }) => proposal === 'possible' && warning !== null)
      .map(
        ({ name, reports }) =>
          html`<li>A page can be drafted for ${pluralise(reports, 'report')} of a new failure, since ${issueLink(site, repository, name)}</li>`,
      ),
    ...digest.waiting.map((one) => html`<li>${actionItem(one, site, repository)}</li>`),
  ];
  if (items.length === 0) return section('waiting', 'Waits for a person', html`<p>Nothing.</p>`);
  const more = items.length > maxActionItems ? html`<li>${items.length - maxActionItems} more</li>` : '';
  return section('waiting', 'Waits for a person', html`<ul>${items.slice(0, maxActionItems)}${more}</ul>`);
}

function actionItem({ number: issue, title, what }: ActionItem, site: string, repository: string): SafeHtml {
  const where = issue === null ? '' : html`${issueLink(site, repository, issue)}: `;
  return html`${where}${what.replaceAll('`', '')}${title === null ? '' : html`: <q>${truncate(title)}</q>`}`;
}
