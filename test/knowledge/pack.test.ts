import { describe, expect, it } from 'vitest';
import { lint, readPack, readPackFile } from '../../src/knowledge/index.ts';
import { printProblem } from '../../src/model/problem.ts';
import { samplesHit } from '../../src/repository/check-samples.ts';
import { frontMatter, pack, page } from './pages.ts';

const read = (pages: Readonly<Record<string, string>>) =>
  readPack(
    Object.entries(pages).map(([path, bytes]) => ({ path, bytes })),
    pack,
    samplesHit,
  );
const ids = (pages: Readonly<Record<string, string>>) => read(pages).signatures.map(({ id }) => id);
const found = (pages: Readonly<Record<string, string>>, labels: string[] | null = null) =>
  lint(read(pages), samplesHit, labels === null ? null : new Set(labels)).map(printProblem);

describe('a pack', () => {
  it('keeps the sound pages when one is broken', () => {
    const pages = { 'pump.md': page(frontMatter('pump')), 'broken.md': '---\nid: [\n---\n' };
    expect(ids(pages)).toEqual(['pump']);
    expect(read(pages).problems.map(({ file }) => file)).toEqual(
      Array(read(pages).problems.length).fill('broken.md'),
    );
  });

  it('uses the first of two pages with one id or alias, and names the second', () => {
    const second = page(frontMatter('pump').replace('exploded', 'imploded').replace('exploded', 'imploded'));
    const pages = { 'a/pump.md': page(frontMatter('pump')), 'b/pump.md': second };
    expect(read(pages).signatures.map(({ path }) => path)).toEqual(['a/pump.md']);
    expect(found(pages)).toContain(
      'b/pump.md:2:5: the id pump is taken by a/pump.md (expected a name of its own)',
    );
    const alias = page(frontMatter('valve').replace('id: valve', 'id: valve\naliases: [pump]'));
    expect(ids({ 'pump.md': page(frontMatter('pump')), 'valve.md': alias })).toEqual(['pump']);
  });

  it('does not load a page whose own samples fail', () => {
    const missed = page(frontMatter('pump').replace('the pump exploded at noon', 'the pump is gone'));
    expect(ids({ 'pump.md': missed })).toEqual([]);
    expect(found({ 'pump.md': missed })).toEqual([
      expect.stringMatching(/^pump\.md:12:7: the rules do not hit this sample/),
    ]);
    const wrong = page(frontMatter('pump').replace('all is calm', 'no pump exploded'));
    expect(found({ 'pump.md': wrong })).toEqual([
      expect.stringMatching(/^pump\.md:14:7: the rules hit this near miss/),
    ]);
  });

  it('lets a paraphrase teach the recogniser without a rule that knows it', () => {
    const seen = page(
      frontMatter('pump').replace(
        '- the pump exploded at noon',
        '- { text: it went bang, paraphrase: true }',
      ),
    );
    expect(ids({ 'pump.md': seen })).toEqual(['pump']);
  });

  it('says of pack.yml what is wrong with it', () => {
    const { pack: none, problems } = readPackFile({
      path: 'pack.yml',
      bytes: 'name: x\nrepository: nonsense\n',
    });
    expect(none).toBeNull();
    expect(problems.map(printProblem)).toEqual([
      'pack.yml:2:13: repository is "nonsense" (expected owner/name)',
    ]);
  });

  it('reads what all its pages leave alone, and says which pattern cannot be used', () => {
    const packOf = (none: string) =>
      readPackFile({ path: 'pack.yml', bytes: `name: x\nrepository: octo/x\nnone:\n  - ${none}\n` });
    expect(packOf('text: solved').pack?.none).toEqual([{ text: 'solved' }]);
    const broken = packOf("{ regex: '(?=solved)' }");
    expect(broken.pack).toBeNull();
    expect(broken.problems.map(printProblem)).toEqual([
      expect.stringMatching(/^pack\.yml:4:14: the regex has a look-ahead at character 1, which RE2 does not/),
    ]);
    const solved = { ...pack, none: [{ text: 'at noon' }] };
    const { problems } = readPack(
      [{ path: 'pump.md', bytes: page(frontMatter('pump')) }],
      solved,
      samplesHit,
    );
    expect(problems.map(printProblem)).toEqual([expect.stringMatching(/the rules do not hit this sample/)]);
  });
});

describe('lint', () => {
  const pump = page(frontMatter('pump'));
  it('finds nothing wrong with a sound page', () => {
    expect(found({ 'pump.md': pump }, ['bug'])).toEqual([]);
  });

  it('names labels that the repository does not have', () => {
    expect(found({ 'pump.md': pump }, ['Bug'])).toEqual([
      'pump.md:5:10: the label bug is unknown (expected Bug)',
    ]);
  });

  it('names threads that stand twice, on a page or on two', () => {
    const twice = pump.replace('[12, 34]', '[12, 12]');
    expect(found({ 'pump.md': twice })).toEqual([
      'pump.md:6:15: the thread 12 is named twice (expected each once)',
    ]);
    const both = found({ 'pump.md': pump, 'valve.md': page(frontMatter('valve')) });
    expect(both).toContain(
      'valve.md:6:11: the thread 12 is also one of pump (expected the page whose failure it is)',
    );
  });

  it('names rules that can never hit', () => {
    const never = pump
      .replace('samples:', '  none:\n    - text: exploded\nsamples:')
      .replace('- the pump exploded at noon', '- { text: it went bang, paraphrase: true }');
    expect(found({ 'pump.md': never })).toEqual([
      expect.stringMatching(/^pump\.md:11:7: the rules can never hit/),
    ]);
  });

  it('names rules that hit nearly everything, and pages that overlap', () => {
    const more = '    - the valve exploded twice\n    - my valve exploded, the old one\n  differs:';
    const valve = page(frontMatter('valve').replace('  differs:', more));
    const greedy = page(frontMatter('pump', 'exploded'));
    const problems = found({ 'pump.md': greedy, 'valve.md': valve.replace('[12, 34]', '[56]') });
    expect(problems).toEqual([
      expect.stringMatching(/^pump\.md:8:3: the rules hit 3 of 3 samples of valve: the two pages overlap/),
    ]);
    const third = page(frontMatter('crank').replace('[12, 34]', '[78]'));
    const all = found({
      'pump.md': greedy,
      'valve.md': valve.replace('[12, 34]', '[56]'),
      'crank.md': third,
    });
    expect(all).toEqual([
      expect.stringMatching(/^pump\.md:8:3: the rules hit 4 of 4 samples of other pages: nearly everything/),
    ]);
  });
});
