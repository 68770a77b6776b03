import type { Report } from '../../model/report.ts';

/**
 * Finds the error message that most reports share, if a quarter does; null without one. An ellipsis stands
 * for what differs from report to report: names in quotes, words with digits.
 */
export function commonMessage(members: readonly Report[]): string | null {
  const counts = new Map<string, { text: string; wordings: Set<string>; members: number }>();
  for (const report of members) {
    const lines = new Map(
      report.errors.map(({ end, normalised, start }) => [
        masked(normalised),
        { normalised, text: report.body.slice(start, end) },
      ]),
    );
    for (const [line, { normalised, text }] of lines) {
      const known = counts.get(line) ?? { text, wordings: new Set(), members: 0 };
      known.wordings.add(normalised);
      counts.set(line, { ...known, members: known.members + 1 });
    }
  }
  const [widest] = [...counts.values()]
    .filter((one) => one.members > 1 && one.members * 4 >= members.length)
    .toSorted((a, b) => b.members - a.members || b.text.length - a.text.length);
  if (widest === undefined) return null;
  const text = widest.text
    .replaceAll('\\"', '"')
    .replace(/(?:\/(?:Users|home)\/|\b[A-Z]:\\+Users\\+)[^/\\\s]+/g, '~')
    .replace(/[`*\s\p{Cc}]+/gu, ' ')
    .trim();
  return widest.wordings.size > 1 ? masked(text) : text;
}

function masked(line: string): string {
  return line.replace(/"[^"]*"|'[^']*'|<[^<>]*>/g, '"…"').replace(/(?<![\w.])\w*\d[\w.]*/g, '…');
}
