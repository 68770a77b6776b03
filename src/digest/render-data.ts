import type { Digest } from './digest.ts';

/** Renders the digest as one JSON document. */
export function renderJson(digest: Digest): string {
  return `${JSON.stringify(digest, null, 2)}\n`;
}

/** Renders the same numbers as CSV, a line for each: `week,section,id,measure,value`. */
export function renderCsv(digest: Digest): string {
  const { duplicates, emerging, failures, issues, record, regressions, trend, waiting, week, weeks } = digest;
  const { recognised, ...opened } = issues;
  const { twelveWeeks, week: thisWeek, ...cost } = record;
  const rows: Row[] = [
    ...measures('issues', '', opened),
    ...measures('issues', 'recognised', { ...recognised }),
    ...weeks.map((name, index): Row => ['trend', name, 'reports', trend[index] ?? 0]),
    ...failures.flatMap(
      ({ firstSeen, id, lastSeen, mean, notable, reporters, reports, root, title, trend }) => [
        ...measures('failure', id, {
          title,
          reports,
          reporters,
          mean,
          firstSeen: iso(firstSeen),
          lastSeen: iso(lastSeen),
        }),
        ...measures('failure', id, { root: root === null ? null : `${root.repository}#${root.number}` }),
        ...weeks.map((name, index): Row => ['failure', id, name, trend[index] ?? 0]),
        ...notable.map((one): Row => ['failure', id, `${one.fact} ${one.value}`, one.with]),
      ],
    ),
    ...digest.categories.map(({ category, reports }): Row => ['category', category, 'reports', reports]),
    ...regressions.map(({ id, number, version }): Row => ['regression', `#${number}`, id, version]),
    ...emerging.flatMap(({ name, reporters, reports, shared: commonMessage, thisWeek, warning }) =>
      measures('emerging', `#${name}`, {
        shared: commonMessage,
        reports,
        reporters,
        thisWeek,
        warned: warning === null ? 0 : 1,
      }),
    ),
    ...measures('duplicates', '', { ...duplicates }),
    ...measures('record', '', cost),
    ...measures('record', 'week', { ...thisWeek }),
    ...measures('record', 'twelveWeeks', { ...twelveWeeks }),
    ...digest.learned.map((line): Row => ['learned', '', 'line', line]),
    ...waiting.map(
      ({ number, title, what }): Row => ['waiting', number === null ? '' : `#${number}`, what, title],
    ),
  ];
  const lines = rows.map((row) => [week, ...row].map(csvField).join(','));
  return `${['week,section,id,measure,value', ...lines].join('\n')}\n`;
}

type Value = string | number | null;
type Row = readonly [section: string, id: string, measure: string, value: Value];

function measures(section: string, id: string, values: Readonly<Record<string, Value>>): Row[] {
  return Object.entries(values).map(([measure, value]) => [section, id, measure, value]);
}

/** Escapes a field as RFC 4180 says. An apostrophe keeps a spreadsheet from running text as a formula. */
function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
