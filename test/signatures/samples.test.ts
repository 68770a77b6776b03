import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type PackInput, readPack, readPackFile } from '../../src/knowledge/index.ts';
import { compile, sampleIssue } from '../../src/match/index.ts';
import { printProblem } from '../../src/model/problem.ts';
import type { Signature } from '../../src/model/signature.ts';
import { readReport } from '../../src/report/index.ts';

const folder = fileURLToPath(new URL('../../signatures/claude-code/', import.meta.url));
const cases = fileURLToPath(new URL('../../../shared/data/signature-cases.jsonl', import.meta.url));

const files: PackInput[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ path: name, bytes: readFileSync(folder + name) }));
const { pack } = readPackFile({ path: 'pack.yml', bytes: readFileSync(`${folder}pack.yml`) });
if (pack === null) throw new Error('pack.yml cannot be read');
const reading = readPack(files, pack, (signature) => {
  const matcher = compile([signature]);
  return (sample) => matcher(readReport(sampleIssue(sample))).hits.length > 0;
});

interface Issue {
  readonly title: string;
  readonly body: string;
}

function lines<T>(path: string): readonly T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

function beside<T>(name: string): readonly T[] {
  return lines<T>(fileURLToPath(new URL(name, import.meta.url)));
}

const hardNegatives = beside<Issue & { near: string | null; why: string }>('hard-negatives.jsonl');
const paraphrases = beside<Issue & { signature: string }>('paraphrases.jsonl');

/** Every run of four words of a text. */
function fours(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.slice(3).map((word, index) => [...words.slice(index, index + 3), word].join(' '));
}

function sharedFours(texts: readonly string[]): string[] {
  const known = new Set(texts.flatMap(fours));
  return paraphrases.flatMap(({ title, body }) =>
    [...fours(title), ...fours(body)].filter((four) => known.has(four)),
  );
}

function sampleTexts({ samples }: Signature): string[] {
  return [...samples.matches, ...samples.differs].map(({ text }) => text);
}

describe('the pages of the pack claude-code', () => {
  test('are sound, and their rules agree with their samples', () => {
    expect(reading.problems.map(printProblem)).toEqual([]);
    expect(reading.signatures.length).toBe(files.length);
  });

  test('name a thread, or are one of those that share no thread', () => {
    const without = reading.signatures.filter(({ threads }) => threads.length === 0).map(({ id }) => id);
    expect(without).toEqual(['mcp-oauth-flow-never-starts']);
  });

  test('keep the numbers of threads out of the text, where they would make cross-references', () => {
    const bare = reading.signatures.flatMap(({ id, sections }) =>
      sections
        .filter(({ markdown }) => /(^|[\s(])#\d+/m.test(markdown.replaceAll(/`[^`\n]*`/g, '')))
        .map(({ heading }) => `${id}: ${heading}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('reports that look like a known failure and are none', () => {
  const matcher = compile(reading.signatures);

  test.for(hardNegatives.filter(({ near }) => near !== null))('$near: $why: $title', (issue) => {
    const found = matcher(readReport(issue)).hits.map(({ signature }) => signature.id);
    expect(found).not.toContain(issue.near);
  });

  test.for(hardNegatives.filter(({ near }) => near === null))('unrelated: $title', (issue) => {
    expect(matcher(readReport(issue)).hits).toEqual([]);
  });
});

describe('paraphrases', () => {
  test('are of known signatures, two or more of each of the twelve', () => {
    const counts = new Map<string, number>();
    for (const { signature } of paraphrases) counts.set(signature, (counts.get(signature) ?? 0) + 1);
    const ids = new Set(reading.signatures.map(({ id }) => id));
    expect([...counts.keys()].filter((id) => !ids.has(id))).toEqual([]);
    expect(counts.size).toBe(12);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(2);
  });

  test('share no four words in a row with any sample', () => {
    expect(sharedFours(reading.signatures.flatMap(sampleTexts))).toEqual([]);
  });

  test.skipIf(!existsSync(cases))(
    'share no four words in a row with any case (data beside the checkout)',
    () => {
      expect(sharedFours(lines<Issue>(cases).map(({ title, body }) => `${title}\n${body}`))).toEqual([]);
    },
  );
});
