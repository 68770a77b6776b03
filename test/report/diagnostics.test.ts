import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/report/index.ts';
import labels from './diagnostics-labels.json' with { type: 'json' };

const data = new URL('../../../shared/data/claude-code-issues.jsonl.gz', import.meta.url);

/** The value that a report states, or null. */
function factOf(report: ReturnType<typeof readReport>, kind: string): string | null {
  return report.facts.find((fact) => fact.kind === kind)?.value ?? null;
}

describe('160 real reports, read and labelled by hand', () => {
  if (!existsSync(data))
    console.log('skipped: no ../shared/data/claude-code-issues.jsonl.gz beside the checkout');
  test.skipIf(!existsSync(data))('version and platform are right in at least 97 of 100', () => {
    const issues: { number: number; title: string; body: string | null }[] = gunzipSync(readFileSync(data))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const wrong: string[] = [];
    for (const [number, expected] of Object.entries(labels)) {
      const issue = issues.find((issue) => issue.number === Number(number));
      const report = readReport(issue ?? { title: '', body: null });
      const found = { version: factOf(report, 'version'), platform: factOf(report, 'platform') };
      if (found.version !== expected.version || found.platform !== expected.platform)
        wrong.push(`#${number} ${JSON.stringify(found)} for ${JSON.stringify(expected)}`);
    }
    expect(Object.keys(labels)).toHaveLength(160);
    expect(wrong.length / 160, wrong.join('\n')).toBeLessThanOrEqual(0.03);
  });
});
