import { describe, expect, it } from 'vitest';
import { quote } from '../../src/decide/index.ts';
import {
  boundsOf,
  type DigestInput,
  type KnownFailure,
  renderMarkdown,
  summarise,
  type Week,
  weekOf,
} from '../../src/digest/index.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { compareVersions } from '../../src/report/index.ts';
import history from './history.json' with { type: 'json' };
import { entry, finding, repository, stateOf } from './ledger.ts';

const day = 86_400_000;

/**
 * Numbers and findings of 700 real issues, opened at even intervals over twelve weeks from `start` (epoch milliseconds).
 * Each known failure gets a comment after some seconds; every third of those is refused.
 */
function redated(start: number): DigestInput {
  const step = (12 * 7 * day) / history.issues.length;
  const rows = history.issues.map(([number, person, id, version, platform], position) => {
    const createdAt = Math.round(start + position * step);
    const facts = {
      ...(version ? { version: `${version}` } : {}),
      ...(platform ? { platform: `${platform}` } : {}),
    };
    const said = id === null ? null : { id: 1, at: createdAt + (10 + (Number(number) % 7)) * 1000 };
    const given = {
      author: `person-${person}`,
      facts,
      comment: said,
      findingKeys: said === null ? [] : [`signature:${id}`],
    };
    return { id, createdAt, memory: stateOf(Number(number), createdAt, given) };
  });
  const known = rows.filter(({ id }) => id !== null);
  const calls = [{ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', status: 201 }];
  const failures = [...new Set(known.map(({ id }) => String(id)))].map((id): [string, KnownFailure] => [
    id,
    {
      title: `Page ${id}`,
      category: 'local-runtime',
      url: null,
      fixedIn: id === 'js-heap-oom' ? '2.0.50' : null,
      root: { repository, number: 1 },
    },
  ]);
  return {
    repository,
    memories: rows.map(({ memory }) => memory),
    entries: rows.map(({ createdAt, id, memory }) =>
      entry(
        memory.number,
        createdAt + 5_000,
        id === null ? {} : { findings: [finding('signature', String(id))], calls },
      ),
    ),
    verdicts: known.map(({ createdAt, id, memory }, k): Verdict => {
      const kind = k % 3 === 2 ? 'refused' : 'confirmed';
      return {
        repository,
        number: memory.number,
        finding: `signature:${id}`,
        kind,
        at: createdAt + 3_600_000,
      };
    }),
    failures: new Map(failures),
    unknown: {
      groups: { groups: history.groups, loose: [] },
      commonMessages: new Map(),
      proposed: new Set(),
    },
    waiting: [],
  };
}

describe.each([
  ['over a year’s end', '2026-11-09', 'UTC', '2027-W04'],
  ['over a year’s end, its last week', '2026-11-09', 'UTC', '2026-W53'],
  ['over a change of clocks', '2026-02-02', 'Europe/Berlin', '2026-W13'],
  ['after a change of clocks', '2026-02-02', 'America/New_York', '2026-W17'],
] as const)('a digest %s', (_, start, zone, week) => {
  const input = redated(Date.parse(start));
  const options = { week, zone, thresholds: { signature: 0.9, duplicate: 0.9 }, compareVersions };

  it('is the golden one, line by line', async () => {
    const text = renderMarkdown(summarise(input, options), quote);
    await expect(text).toMatchFileSnapshot(`golden/${week}-${zone.replace('/', '-')}.golden`);
  });

  it('agrees with a plain count', () => {
    const { failures, issues, trend, weeks } = summarise(input, options);
    const inWeek = (of: Week) => {
      const { from, until } = boundsOf(of, zone);
      return input.memories.filter(({ createdAt }) => createdAt >= from && createdAt < until);
    };
    const known = new Set(history.issues.flatMap(([number, , id]) => (id === null ? [] : [number])));
    expect(issues.reports).toBe(inWeek(week).length);
    expect(issues.reporters).toBe(new Set(inWeek(week).map(({ author }) => author)).size);
    expect(trend).toEqual(weeks.map((one) => inWeek(one).filter(({ number }) => known.has(number)).length));
    expect(failures.reduce((sum, { reports }) => sum + reports, 0)).toBe(trend.at(-1));
    expect(inWeek(week).every(({ createdAt }) => weekOf(createdAt, zone) === week)).toBe(true);
  });
});
