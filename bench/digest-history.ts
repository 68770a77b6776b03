/**
 * Makes `test/digest/history.json` from the real issues beside the checkout: of each its number, who opened it (as a count),
 * what was found, version and platform; and the groups of new failures. No text. Run: node bench/digest-history.ts
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readShippedPacks } from '../src/adapters/packs/read-packs.ts';
import { groupUnknown } from '../src/app/history/unknown-failures.ts';
import { noGroups } from '../src/digest/index.ts';
import { add, createIndex } from '../src/duplicates/index.ts';
import { readReport } from '../src/report/index.ts';
import { createKnowledgeBase } from '../src/repository/knowledge-base.ts';

const data = new URL('../../shared/data/claude-code-issues.jsonl.gz', import.meta.url);
const { recognise } = createKnowledgeBase(await readShippedPacks()).knowledge(
  ['claude-code'],
  'anthropics/claude-code',
  [],
);
const index = createIndex();
const people = new Map<string, number>();
const issues: unknown[] = [];
let groups = noGroups;
for (const [position, line] of gunzipSync(readFileSync(data))
  .toString()
  .split('\n')
  .filter(Boolean)
  .entries()) {
  const { author, body, number, title } = JSON.parse(line);
  const report = readReport({ title, body });
  const found = recognise(report).filter(({ probability }) => probability >= 0.9);
  const filing = { number, author, createdAt: position, closedAt: null, report };
  if (found.length === 0) groups = groupUnknown(groups, index, filing);
  add(index, filing);
  if (!people.has(author)) people.set(author, people.size + 1);
  const fact = (kind: string) => report.facts.find((one) => one.kind === kind)?.value ?? null;
  issues.push([number, people.get(author), found[0]?.id ?? null, fact('version'), fact('platform')]);
}
const rows = issues.map((issue) => `    ${JSON.stringify(issue)}`).join(',\n');
const kept = groups.groups
  .filter(({ members }) => members.length > 2)
  .map((group) => `    ${JSON.stringify(group)}`);
writeFileSync(
  new URL('../test/digest/history.json', import.meta.url),
  `{\n  "issues": [\n${rows}\n  ],\n  "groups": [\n${kept.join(',\n')}\n  ]\n}\n`,
);
