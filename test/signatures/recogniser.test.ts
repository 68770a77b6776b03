// What the shipped pack recognises in reports that none of its samples was made from.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPages } from '../../src/cli/input/read-pages.ts';
import { createIo } from '../../src/cli/io.ts';
import {
  createRecogniser,
  featureIds,
  modelKey,
  pageExamples,
  readBackground,
  readModel,
  recognise,
  trainModels,
  writeModel,
} from '../../src/match/index.ts';
import { readReport } from '../../src/report/index.ts';
import { forms, type Given } from './forms.ts';

const folder = 'signatures/claude-code';
const [pages] = await readPages([folder], createIo());
const signatures = pages?.signatures ?? [];
const committed = readFileSync(`${folder}/model.json`, 'utf8');
const learned = readModel(committed, modelKey(signatures));
const recogniser = createRecogniser(signatures, learned === null ? [] : [learned]);
const threshold = 0.9;
const cases = fileURLToPath(new URL('../../../shared/data/signature-cases.jsonl', import.meta.url));

function readGiven(name: string): Given[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Given);
}

const said = (issue: Given) =>
  recognise(readReport(issue), recogniser)
    .filter(({ probability }) => probability >= threshold)
    .map(({ id }) => id);

describe('the models of the pack claude-code', () => {
  it('are those that npm run build-model makes of the pages', () => {
    expect(learned).not.toBeNull();
    const lessons = signatures.flatMap((one) => pageExamples(one, (issue) => featureIds(readReport(issue))));
    const background = readBackground(readFileSync(`${folder}/background.bin`));
    const ids = signatures.map(({ id }) => id);
    const fresh = trainModels(
      ids,
      lessons,
      background.map(({ features }) => features),
    );
    expect(writeModel(fresh, modelKey(signatures)) === committed).toBe(true);
  });

  it('post on no hard negative, and on most paraphrases', () => {
    expect(
      readGiven('hard-negatives.jsonl').filter((issue) =>
        said(issue).includes((issue as { near?: string }).near ?? ''),
      ),
    ).toEqual([]);
    const paraphrases = readGiven('paraphrases.jsonl');
    const found = paraphrases.filter((issue) => said(issue).join() === issue.signature);
    expect(found.length).toBeGreaterThanOrEqual(paraphrases.length * 0.9);
  });

  it('know reports written without a look at the rules', () => {
    const blind = readGiven('unseen.jsonl');
    const wrong = blind.filter((issue) =>
      said(issue).some((id) => id !== issue.signature && issue.signature !== undefined),
    );
    const positives = blind.filter(({ signature }) => signature !== undefined);
    const found = positives.filter((issue) => said(issue).includes(issue.signature ?? ''));
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(positives.length * 0.95);
  });

  it('know most reports of writers who had seen no page, and mistake few of their near misses', () => {
    const rows = readGiven('others.jsonl').map(({ signature, ...issue }) => ({
      signature,
      found: said(issue),
    }));
    const ids = [...new Set(rows.flatMap(({ signature }) => signature ?? []))];
    const f1 = ids.map((id) => {
      const hits = rows.filter(({ found }) => found.includes(id));
      const right = hits.filter(({ signature }) => signature === id).length;
      return (2 * right) / (hits.length + rows.filter(({ signature }) => signature === id).length);
    });
    expect(ids).toHaveLength(12);
    expect(f1.reduce((sum, one) => sum + one, 0) / ids.length).toBeGreaterThanOrEqual(0.95);
  });

  it.each(Object.entries(forms))('say the same of a report in a long form, %s', (_, form) => {
    const all = [
      ...readGiven('paraphrases.jsonl'),
      ...readGiven('unseen.jsonl'),
      ...readGiven('hard-negatives.jsonl'),
    ];
    const same = all.filter(
      (issue) => said({ ...issue, body: form(issue.body) }).join() === said(issue).join(),
    );
    expect(same.length).toBeGreaterThanOrEqual(all.length * 0.98);
  });

  it.skipIf(!existsSync(cases))('say the same of each case in each form (data beside the checkout)', () => {
    const all = readFileSync(cases, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Given & { readonly certainty: string })
      .filter(({ certainty }) => certainty === 'sure');
    for (const form of Object.values(forms)) {
      const same = all.filter(
        (issue) => said({ ...issue, body: form(issue.body) }).join() === said(issue).join(),
      );
      expect(same.length).toBeGreaterThanOrEqual(all.length * 0.98);
    }
  });
});
