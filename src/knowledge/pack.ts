import type { Problem } from '../model/problem.ts';
import type { Pack, PackInput, Signature } from '../model/signature.ts';
import { readYaml } from '../schema/index.ts';
import { type PageReading, readPage } from './page.ts';
import { patternFaults } from './rules.ts';
import { packFile } from './schema.ts';
import { readText } from './source.ts';

/** Tells whether a signature's rules hit a sample's text. */
export type SampleTest = (signature: Signature) => (sample: string) => boolean;

/** The pages of a folder. `signatures` leaves out broken pages, whose problems are listed. */
export interface PackReading {
  readonly pack: Pack;
  readonly signatures: readonly Signature[];
  readonly problems: readonly Problem[];
  /** Every page, the broken ones included, in order of path. */
  readonly pages: readonly PageReading[];
}

/**
 * Reads `pack.yml`; `pack` is null when it cannot be used. `labels` are those that it says pages may use;
 * null without any.
 */
export function readPackFile(input: PackInput): {
  readonly pack: Pack | null;
  readonly labels: readonly string[] | null;
  readonly problems: readonly Problem[];
} {
  const read = readText(input.path, input.bytes);
  if ('problem' in read) return { pack: null, labels: null, problems: [read.problem] };
  const { at, problems: found, value } = readYaml({ file: input.path, text: read.text }, packFile);
  if (value === null) return { pack: null, labels: null, problems: found };
  const faults = patternFaults(value.none ?? [], ['none']).map(
    ({ path, ...rest }): Problem => ({ file: input.path, ...at(path), severity: 'error', ...rest }),
  );
  const { labels = null, ...pack } = value;
  return { pack: faults.length > 0 ? null : pack, labels, problems: [...found, ...faults] };
}

/**
 * Reads the pages of one pack. Of pages with the same id or alias the first by path counts; a page whose own
 * samples fail is left out.
 * @param test the matcher; without it samples are not checked
 */
export function readPack(files: readonly PackInput[], pack: Pack, test?: SampleTest): PackReading {
  const pages: PageReading[] = [];
  const pathByName = new Map<string, string>();
  for (const { path, bytes } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const page = readPage(path, bytes, pack);
    const faults = [
      ...nameProblems(page, pathByName),
      ...(test === undefined ? [] : sampleProblems(page, test)),
    ];
    const usable = faults.length === 0;
    pages.push({
      ...page,
      signature: usable ? page.signature : null,
      problems: [...page.problems, ...faults],
    });
    if (page.signature === null || !usable) continue;
    for (const name of [page.signature.id, ...page.signature.aliases]) pathByName.set(name, path);
  }
  return {
    pack,
    pages,
    signatures: pages.flatMap(({ signature }) => (signature === null ? [] : [signature])),
    problems: pages.flatMap(({ problems }) => problems),
  };
}

function nameProblems(
  { signature, problemAt }: PageReading,
  pathByName: ReadonlyMap<string, string>,
): Problem[] {
  if (signature === null) return [];
  const other = pathByName.get(signature.id);
  if (other !== undefined) {
    return [problemAt(['id'], `the id ${signature.id} is taken by ${other}`, 'a name of its own')];
  }
  return signature.aliases.flatMap((alias, index) => {
    const owner = pathByName.get(alias);
    if (owner === undefined) return [];
    return [problemAt(['aliases', index], `the alias ${alias} is taken by ${owner}`, 'a name of its own')];
  });
}

/** Finds samples that the rules miss, and near misses that they hit. */
function sampleProblems({ signature, problemAt }: PageReading, test: SampleTest): Problem[] {
  if (signature === null) return [];
  const hits = test(signature);
  const missed = signature.samples.matches.flatMap((sample, index) => {
    if (sample.paraphrase === true || hits(sample.text)) return [];
    const expected = 'rules that hit it, or paraphrase: true where only the recogniser can know it';
    return [problemAt(['samples', 'matches', index], 'the rules do not hit this sample', expected)];
  });
  const wrong = signature.samples.differs.flatMap((sample, index) => {
    if (!hits(sample.text)) return [];
    const expected = 'rules that leave it alone: a narrower text, or a none';
    return [problemAt(['samples', 'differs', index], 'the rules hit this near miss', expected)];
  });
  return [...missed, ...wrong];
}
