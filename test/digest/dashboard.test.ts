import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type DigestInput,
  dashboardData,
  type KnownFailure,
  renderDashboard,
} from '../../src/digest/index.ts';
import { compareVersions } from '../../src/report/index.ts';
import { entry, finding, repository, stateOf } from './ledger.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-16T00:00:00Z');
const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)> @everyone | \u202e${'x'.repeat(1024)}`;

/** Five thousand decisions of twelve weeks, with texts that mean harm. */
function input(): DigestInput {
  const numbers = Array.from({ length: 5000 }, (_, k) => k + 1);
  const at = (number: number): number => start + 7 * day - number * 1000 * 60 * 24;
  const because =
    'signature a, 97 %, by rule: title 12–40 `needs authentication`; prose 100–160 `nothing happens`';
  const failure: KnownFailure = {
    title: evil,
    category: 'account-auth',
    url: 'javascript:alert(1)',
    fixedIn: '1.0.0',
    root: { repository, number: 1 },
  };
  return {
    repository,
    memories: numbers.map((number) =>
      stateOf(number, at(number), { facts: { platform: number % 2 ? 'Linux' : evil, version: '2.0.0' } }),
    ),
    entries: numbers.toReversed().map((number) =>
      entry(number, at(number) + 1000, {
        findings: number % 3 === 0 ? [finding('signature', 'a', 0.96)] : [],
        plan: {
          actions: [{ kind: 'add-labels', labels: ['x'], because: number === 7 ? evil : because }],
          withheld: [],
        },
      }),
    ),
    verdicts: numbers
      .filter((number) => number % 30 === 0)
      .map((number) => ({
        repository,
        number,
        finding: 'signature:a',
        kind: number % 60 ? 'confirmed' : 'refused',
        at: at(number),
      })),
    failures: new Map([['a', failure]]),
    unknown: {
      groups: { groups: [{ name: 1, members: [1, 2, 4, 5, 7] }], loose: [] },
      commonMessages: new Map([[1, evil]]),
      proposed: new Set(),
    },
    waiting: [{ what: 'look', number: 7, title: evil }],
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

function page(given: DigestInput): string {
  const thresholds = { signature: 0.9, duplicate: 0.9 };
  const options = { week: '2026-W47', zone: 'UTC', thresholds, compareVersions } as const;
  const rest = { writtenAt: start + 8 * day, site: 'https://github.com', decisions: 5000 };
  return renderDashboard(dashboardData(given, { ...options, ...rest }), hash);
}

describe('renderDashboard', () => {
  it('shows people’s texts as text, allows its own style alone, and loads nothing', () => {
    const text = page(input());
    expect(/<script|<img|javascript:|\u202e/.exec(text)).toBeNull();
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img');
    expect(/<[^>]*\s(src|style|on\w+)=|@import|url\(/.exec(text)).toBeNull();
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    expect(text).toContain(`content="default-src 'none'; style-src 'sha256-${hash(style)}';`);
    for (const [, address = ''] of text.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^(#main$|https:\/\/github\.com\/acme\/tool\/issues\/\d+$)/);
  });

  it('stays under a megabyte with five thousand decisions, and is made in a second', () => {
    const given = input();
    const started = performance.now();
    const text = page(given);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(text.match(/<td class="d">add-labels<\/td>/g)?.length).toBeGreaterThan(1500);
  });

  it('is whole without anything to show', () => {
    const nothing = {
      groups: { groups: [], loose: [] },
      commonMessages: new Map(),
      proposed: new Set<number>(),
    };
    const text = page({
      repository,
      memories: [],
      entries: [],
      verdicts: [],
      failures: new Map(),
      unknown: nothing,
      waiting: [],
    });
    expect(text).toContain('No known failure in twelve weeks.');
    expect(text).toContain('Nobody has judged a finding yet.');
    expect(text).not.toContain('NaN');
  });
});

const chromium = '/usr/bin/chromium';

describe.skipIf(!existsSync(chromium))('in Chromium (skipped where it is absent)', () => {
  it.each(['light', 'dark'])(
    'axe finds nothing to complain about (%s)',
    async (scheme) => {
      const folder = await mkdtemp(join(tmpdir(), 'signpost-page-'));
      try {
        const axe = await readFile(
          new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
          'utf8',
        );
        const check = `axe.run().then(({ violations }) => { document.title = 'axe ' + JSON.stringify(violations.map(({ id, impact, nodes }) => [id, impact, nodes[0].html.slice(0, 200)])); });`;
        // The page's own policy would keep axe out.
        const open = page({ ...input(), entries: input().entries.slice(-40) }).replace(
          /<meta http-equiv[^>]*>/,
          '',
        );
        const file = join(folder, 'page.html');
        await writeFile(
          file,
          open.replace('</body>', () => `<script>${axe}</script><script>${check}</script></body>`),
        );
        const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
        const { stdout } = await promisify(execFile)(
          chromium,
          [
            ...flags,
            `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
            `--user-data-dir=${join(folder, 'profile')}`,
            '--virtual-time-budget=20000',
            '--dump-dom',
            `file://${file}`,
          ],
          { maxBuffer: 2 ** 25, timeout: 60_000 },
        );
        expect(/<title>axe (.*?)<\/title>/.exec(stdout)?.[1]).toBe('[]');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});
