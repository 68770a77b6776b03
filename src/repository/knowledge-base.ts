import { LRUCache } from 'lru-cache';
import { readPack } from '../knowledge/index.ts';
import {
  type Adjustments,
  createRecogniser,
  modelKey,
  readModel,
  recognise,
  type TrainedModels,
  trainingSampleOf,
} from '../match/index.ts';
import type { Finding } from '../model/finding.ts';
import type { TrainingSample } from '../model/issue-state.ts';
import type { Problem } from '../model/problem.ts';
import type { Report } from '../model/report.ts';
import type { Pack, Signature } from '../model/signature.ts';
import type { PackFiles, ShippedPacks } from '../ports/packs.ts';
import { samplesHit } from './check-samples.ts';
import { createTrainingData, type TrainingData } from './training-data.ts';

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
  readonly trainingSample: (report: Report) => TrainingSample;
  readonly trainingData: TrainingData;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** What packs of the repository itself say of getting what is missing. */
  readonly hints: NonNullable<Pack['ask']>;
  readonly problems: readonly Problem[];
}

export interface KnowledgeBase {
  /** The shipped packs of these names together with a repository's own pages. */
  knowledge(packs: readonly string[], repository: string, pages: readonly PageFile[]): Knowledge;
}

/**
 * So many sets of pages stay compiled for whoever asks next: those of the shipped packs, which most repositories share, and
 * the latest editions of repositories with pages of their own. Settings in memory keep theirs in any case.
 */
const mostCompiled = 20;

/**
 * Compiles packs; repositories with the same pages share one compiled matcher.
 *
 * @param shipped the packs that Signpost ships, by name
 * @param pagesUrl where readers find the shipped pages (`{pack}` and `{id}` are replaced); default: what each pack says
 */
export function createKnowledgeBase(shipped: ShippedPacks, pagesUrl?: string): KnowledgeBase {
  const packs = new Map([...shipped].map(([name, inputs]) => [name, moved(inputs, pagesUrl)]));
  const compiled = new LRUCache<string, Omit<Knowledge, 'hints'>>({ max: mostCompiled });
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

function hintsFor(repository: string, packs: readonly PackFiles[]): Knowledge['hints'] {
  const home = packs.filter(({ pack }) => pack?.repository.toLowerCase() === repository.toLowerCase());
  return Object.assign({}, ...home.map(({ pack }) => pack?.ask ?? {}));
}

/** A pack whose readers find its pages elsewhere. */
function moved(inputs: PackFiles, url: string | undefined): PackFiles {
  if (url === undefined || url === '' || inputs.pack === null) return inputs;
  const pack = { ...inputs.pack, url: url.replaceAll('{pack}', inputs.pack.name) };
  return { ...inputs, pack, built: inputs.built?.map((page) => ({ ...page, pack })) ?? null };
}

/** Pages in a repository are a pack of their own: their numbers mean that repository. */
function ownPacks(pages: readonly PageFile[]): PackFiles[] {
  return Map.groupBy(pages, ({ repository }) => repository)
    .entries()
    .map(([repository, files]): PackFiles => {
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
function assemble(packs: readonly PackFiles[], missing: readonly Problem[]): Omit<Knowledge, 'hints'> {
  const signatures = new Map<string, Signature>();
  const problems: Problem[] = [...missing];
  const learned: TrainedModels[] = [];
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
    trainingSample: (report) => trainingSampleOf(report, recogniser),
    trainingData: createTrainingData(recogniser),
    signatures,
    problems,
  };
}

/** A pack's models, unless they were made from other pages: then its rules have to do. */
function readLearned(pack: Pack, model: string, signatures: readonly Signature[]): TrainedModels | Problem {
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
