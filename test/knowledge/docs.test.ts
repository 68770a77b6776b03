import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lint, readPack } from '../../src/knowledge/index.ts';
import { printProblem } from '../../src/model/problem.ts';
import { samplesHit } from '../../src/repository/check-samples.ts';
import { pack } from './pages.ts';

it('the page that docs/signatures.md shows works as it stands', () => {
  const docs = readFileSync('docs/signatures.md', 'utf8');
  const page = /```markdown\n(---\n[\s\S]*?)\n```\n\n## The front matter/.exec(docs)?.[1] ?? '';
  const reading = readPack([{ path: 'build-cache-locked.md', bytes: page }], pack, samplesHit);
  expect(lint(reading, samplesHit, new Set(['area:build'])).map(printProblem)).toEqual([]);
  expect(reading.signatures.map(({ id }) => id)).toEqual(['build-cache-locked']);
});
