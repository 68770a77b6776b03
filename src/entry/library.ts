import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type PackInput, readPack, readPackFile } from '../knowledge/index.ts';
import {
  type Adjustments,
  createRecogniser,
  hear,
  type Learned,
  modelKey,
  readModel,
  recognise,
} from '../match/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Heard } from '../model/memory.ts';
import type { Problem } from '../model/problem.ts';
import type { Report } from '../model/report.ts';
import type { Pack, Signature } from '../model/signature.ts';
import { readBuiltPages } from './built-pages.ts';
import { samplesHit } from './commands/read-pages.ts';
import { createTeacher, type Teacher } from './teacher.ts';

/** A page as it lies in a repository. */
export interface PageFile {
  readonly repository: string;
  readonly path: string;
  readonly text: string;
}

/** Pages, compiled. */
export interface Knowledge {
  /** `adjustments`: what people's verdicts in one repository add. */
  readonly recognise: (report: Report, adjustments?: Adjustments) => readonly Finding[];
  /** What is kept of a (redacted) report for learning. */
  readonly hear: (report: Report) => Heard;
  readonly teacher: Teacher;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** What packs of the repository itself say of getting what is missing. */
  readonly hints: NonNullable<Pack['ask']>;
  readonly problems: readonly Problem[];
}

export interface Library {
  /** The shipped packs of these names together with a repository's own pages. */
  knowledge(packs: readonly string[], repository: string, pages: readonly PageFile[]): Knowledge;
}

const shipped = fileURLToPath(new URL('../../signatures/', import.meta.url));

/**
 * Loads the packs that Signpost ships; repositories with the same pages share one compiled matcher. `pagesUrl` is where
 * readers find the shipped pages (`{pack}` and `{id}` are replaced); default: what each pack says of itself.
 */
export async function createLibrary(pagesUrl?: string): Promise<Library> {
  const packs = new Map<string, PackInputs>();
  for (const entry of await readdir(shipped, { withFileTypes: true })) {
    if (entry.isDirectory())
      packs.set(
        entry.name,
        moved(await readFolder(`${shipped}/${entry.name}`, `signatures/${entry.name}`), pagesUrl),
      );
  }
  const compiled = new Map<string, Omit<Knowledge, 'hints'>>();
  return {
    knowledge(names, repository, pages) {
      const chosen = [...ownPacks(pages), ...names.flatMap((name) => packs.get(name) ?? [])];
      const key = JSON.stringify([names, pages]);
      const missing = names
        .filter((name) => !packs.has(name))
        .map((name) => unknownPack(name, [...packs.keys()]));
      const assembled = compiled.get(key) ?? assemble(chosen, missing);
      compiled.set(key, assembled);
      return { ...assembled, hints: hintsFor(repository, chosen) };
    },
  };
}

function hintsFor(repository: string, packs: readonly PackInputs[]): Knowledge['hints'] {
  const home = packs.filter(({ pack }) => pack?.repository.toLowerCase() === repository.toLowerCase());
  return Object.assign({}, ...home.map(({ pack }) => pack?.ask ?? {}));
}

interface PackInputs {
  readonly pack: Pack | null;
  readonly files: readonly PackInput[];
  readonly problems: readonly Problem[];
  /** Shipped pages had their samples checked before they were shipped. */
  readonly shipped: boolean;
  /** The pages as `npm run build-model` read them; null when they have changed since. */
  readonly built: readonly Signature[] | null;
  /** The models that `npm run build-model` made of the pages; null without any. */
  readonly model: string | null;
}

async function readFolder(folder: string, name: string): Promise<PackInputs> {
  const names = await readdir(folder);
  const read = async (file: string): Promise<PackInput> => ({
    path: `${name}/${file}`,
    bytes: await readFile(`${folder}/${file}`),
  });
  const files = await Promise.all(names.filter((file) => file.endsWith('.md')).map(read));
  const packFile = await read('pack.yml');
  const built = await readBuiltPages(folder, [...files, packFile]);
  const { pack, problems } = built === null ? readPackFile(packFile) : { pack: built.pack, problems: [] };
  const model = names.includes('model.json') ? await readFile(`${folder}/model.json`, 'utf8') : null;
  return { pack, files, problems, shipped: true, built: built?.signatures ?? null, model };
}

/** A pack whose readers find its pages elsewhere. */
function moved(inputs: PackInputs, url: string | undefined): PackInputs {
  if (url === undefined || url === '' || inputs.pack === null) return inputs;
  const pack = { ...inputs.pack, url: url.replaceAll('{pack}', inputs.pack.name) };
  return { ...inputs, pack, built: inputs.built?.map((page) => ({ ...page, pack })) ?? null };
}

/** Pages in a repository are a pack of their own: their numbers mean that repository. */
function ownPacks(pages: readonly PageFile[]): PackInputs[] {
  return Map.groupBy(pages, ({ repository }) => repository)
    .entries()
    .map(([repository, files]): PackInputs => {
      const url = `https://github.com/${repository}/blob/HEAD/.github/signatures/{id}.md`;
      const inputs = files.map(({ path, text }) => ({ path: `${repository}/${path}`, bytes: text }));
      return {
        pack: { name: `${repository}/.github/signatures`, repository, url },
        files: inputs,
        problems: [],
        shipped: false,
        built: null,
        model: null,
      };
    })
    .toArray();
}

/** A repository's own page stands before a shipped one of the same id. */
function assemble(packs: readonly PackInputs[], missing: readonly Problem[]): Omit<Knowledge, 'hints'> {
  const signatures = new Map<string, Signature>();
  const problems: Problem[] = [...missing];
  const learned: Learned[] = [];
  for (const { pack, files, problems: packProblems, shipped, built, model } of packs) {
    problems.push(...packProblems);
    if (pack === null) continue;
    const reading =
      built === null
        ? readPack(files, pack, shipped ? undefined : samplesHit)
        : { signatures: built, problems: [] };
    problems.push(...reading.problems);
    const models = model === null ? null : readLearned(pack, model, reading.signatures);
    if (models !== null && 'models' in models) learned.push(models);
    else if (models !== null) problems.push(models);
    for (const signature of reading.signatures)
      if (!signatures.has(signature.id)) signatures.set(signature.id, signature);
  }
  const recogniser = createRecogniser([...signatures.values()], learned);
  return {
    recognise: (report, adjustments) => recognise(report, recogniser, 'both', adjustments),
    hear: (report) => hear(report, recogniser),
    teacher: createTeacher(recogniser),
    signatures,
    problems,
  };
}

/** A pack's models, unless they were made from other pages: then its rules have to do. */
function readLearned(pack: Pack, model: string, signatures: readonly Signature[]): Learned | Problem {
  return (
    readModel(model, modelKey(signatures)) ?? {
      file: `signatures/${pack.name}/model.json`,
      line: 1,
      column: 1,
      message: 'the models were made from other pages',
      expected: 'those that npm run build-model makes',
      severity: 'warning',
    }
  );
}

function unknownPack(name: string, known: readonly string[]): Problem {
  return {
    file: '.github/signpost.yml',
    line: 1,
    column: 1,
    message: `there is no pack "${name}"`,
    expected: `one of ${known.join(', ')}`,
    severity: 'error',
  };
}
