import { configPath, defaultConfig, readConfig } from '../config/index.ts';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import type { Knowledge, Library, PageFile } from './library.ts';

/** Where a repository keeps pages of its own; its organisation's stand in the `.github` repository. */
const pagesFolder = '.github/signatures';
const templatesFolder = '.github/ISSUE_TEMPLATE';
const mostFiles = 200;

/** What Signpost read from a repository; kept in the store, so that a restart reads nothing twice. */
interface Read {
  readonly config: string | null;
  readonly pages: readonly PageFile[];
  readonly templates: readonly string[];
  readonly labels: readonly string[];
}

export interface RepositoryGround {
  readonly config: Config;
  readonly knowledge: Knowledge;
  readonly templates: readonly string[];
  readonly labels: readonly string[];
  readonly problems: readonly Problem[];
}

export interface Repositories {
  /** From memory, else from the store, else from GitHub. */
  ground(repository: string, github: GitHub): Promise<RepositoryGround>;
  /** From memory or the store; null when nothing was read yet. Asks GitHub nothing. */
  known(repository: string): Promise<RepositoryGround | null>;
  /** Reads everything from GitHub again: settings, pages, templates, labels. */
  refresh(repository: string, github: GitHub): Promise<RepositoryGround>;
  /** Forgets what is in memory: another process may have read it anew. */
  drop(repository: string): void;
}

/** Settings, pages, templates and labels of each repository, read when they change instead of for each issue. */
export function createRepositories(store: Pick<Store, 'get' | 'put'>, library: Library): Repositories {
  const grounds = new Map<string, RepositoryGround>();
  const keep = (repository: string, read: Read): RepositoryGround => {
    const ground = prepare(repository, read, library);
    grounds.set(repository, ground);
    return ground;
  };
  const refresh = async (repository: string, github: GitHub): Promise<RepositoryGround> => {
    const read = await readAll(repository, github);
    await store.put(`repository:${repository}`, read);
    return keep(repository, read);
  };
  const known = async (repository: string): Promise<RepositoryGround | null> => {
    const ready = grounds.get(repository);
    if (ready) return ready;
    const stored = await store.get(`repository:${repository}`);
    return isRead(stored) ? keep(repository, stored) : null;
  };
  return {
    refresh,
    known,
    drop: (repository) => void grounds.delete(repository),
    ground: async (repository, github) => (await known(repository)) ?? refresh(repository, github),
  };
}

function prepare(repository: string, read: Read, library: Library): RepositoryGround {
  const settings =
    read.config === null ? { config: defaultConfig, problems: [] } : readConfig(configPath, read.config);
  const knowledge = library.knowledge(settings.config.packs, repository, read.pages);
  const { templates, labels } = read;
  return {
    config: settings.config,
    knowledge,
    templates,
    labels,
    problems: [...settings.problems, ...knowledge.problems],
  };
}

async function readAll(repository: string, github: GitHub): Promise<Read> {
  const owner = repository.split('/')[0] ?? '';
  const [config, own, shared, templates, labels] = await Promise.all([
    github.file(repository, configPath),
    readFolder(repository, pagesFolder, /\.md$/, github),
    readFolder(`${owner}/.github`, pagesFolder, /\.md$/, github),
    readTemplateFiles(repository, github),
    github.labels(repository),
  ]);
  return { config, pages: [...own, ...shared], templates, labels };
}

/** The raw texts of a repository's issue templates. */
export async function readTemplateFiles(
  repository: string,
  github: Pick<GitHub, 'file' | 'folder'>,
): Promise<readonly string[]> {
  const files = await readFolder(repository, templatesFolder, /\.(md|ya?ml)$/, github);
  return files.map(({ text }) => text);
}

async function readFolder(
  repository: string,
  folder: string,
  wanted: RegExp,
  github: Pick<GitHub, 'file' | 'folder'>,
): Promise<PageFile[]> {
  const names = (await github.folder(repository, folder))
    .filter((name) => wanted.test(name))
    .slice(0, mostFiles);
  const files: PageFile[] = [];
  for (const name of names) {
    const text = await github.file(repository, `${folder}/${name}`);
    if (text !== null) files.push({ repository, path: `${folder}/${name}`, text });
  }
  return files;
}

function isRead(value: unknown): value is Read {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pages' in value &&
    'labels' in value &&
    'templates' in value &&
    'config' in value
  );
}
