// What the shipped pack recognises in reports that none of its samples was made from.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPages } from '../../src/entry/commands/read-pages.ts';
import { createIo } from '../../src/entry/io.ts';
import {
  createRecogniser,
  featuresOf,
  learn,
  modelKey,
  pageLessons,
  readBackground,
  readModel,
  recognise,
  writeModel,
} from '../../src/match/index.ts';
import { readReport } from '../../src/report/index.ts';

const folder = 'signatures/claude-code';
const [pages] = await readPages([folder], createIo());
const signatures = pages?.signatures ?? [];
const committed = readFileSync(`${folder}/model.json`, 'utf8');
const learned = readModel(committed, modelKey(signatures));
const recogniser = createRecogniser(signatures, learned === null ? [] : [learned]);
const bar = 0.9;

interface Told {
  readonly title: string;
  readonly body: string;
  readonly signature?: string;
}

function told(name: string): Told[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
}

const said = (issue: Told) =>
  recognise(readReport(issue), recogniser)
    .filter(({ probability }) => probability >= bar)
    .map(({ id }) => id);

/** The report inside a filled issue form of some 2,500 characters. */
function inForm({ title, body }: Told): Told {
  const filler =
    'Before this I had worked for two hours on another part of the project without any trouble, with the usual plugins switched on and a clean checkout. ';
  const answers = [
    ['Preflight Checklist', '- [x] I have searched existing issues\n- [x] This is a single bug report'],
    ["What's Wrong?", body],
    ['What Should Happen?', 'It should work as it did last month, without me doing anything about it.'],
    [
      'Steps to Reproduce',
      `1. open a terminal in the project\n2. start claude\n3. do what is told above\n\n${filler.repeat(8)}`,
    ],
    ['Claude Model', 'Sonnet (default)'],
    ['Is this a regression?', "I don't know"],
    ['Claude Code Version', '2.1.7 (Claude Code)'],
    ['Platform', 'Anthropic API'],
    ['Operating System', 'macOS'],
    ['Terminal/Shell', 'iTerm2'],
    ['Additional Information', filler.repeat(4)],
  ];
  return { title, body: answers.map(([label, answer]) => `### ${label}\n\n${answer}`).join('\n\n') };
}

describe('the models of the pack claude-code', () => {
  it('are those that npm run build-model makes of the pages', () => {
    expect(learned).not.toBeNull();
    const lessons = signatures.flatMap((one) => pageLessons(one, (issue) => featuresOf(readReport(issue))));
    const background = readBackground(readFileSync(`${folder}/background.bin`));
    const ids = signatures.map(({ id }) => id);
    const fresh = learn(
      ids,
      lessons,
      background.map(({ features }) => features),
    );
    expect(writeModel(fresh, modelKey(signatures)) === committed).toBe(true);
  });

  it('post on no hard negative, and on most paraphrases', () => {
    expect(
      told('hard-negatives.jsonl').filter((issue) =>
        said(issue).includes((issue as { near?: string }).near ?? ''),
      ),
    ).toEqual([]);
    const paraphrases = told('paraphrases.jsonl');
    const found = paraphrases.filter((issue) => said(issue).join() === issue.signature);
    expect(found.length).toBeGreaterThanOrEqual(paraphrases.length * 0.85);
  });

  it('know reports written without a look at the rules', () => {
    const blind = told('unseen.jsonl');
    const wrong = blind.filter((issue) =>
      said(issue).some((id) => id !== issue.signature && issue.signature !== undefined),
    );
    const positives = blind.filter(({ signature }) => signature !== undefined);
    const found = positives.filter((issue) => said(issue).includes(issue.signature ?? ''));
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(positives.length * 0.9);
  });

  it('say the same of a report inside a long issue form', () => {
    const all = [...told('paraphrases.jsonl'), ...told('unseen.jsonl')];
    const same = all.filter((issue) => said(inForm(issue)).join() === said(issue).join());
    expect(same.length).toBeGreaterThanOrEqual(all.length * 0.95);
  });
});
