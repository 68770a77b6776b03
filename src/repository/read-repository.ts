import { configPath } from '../config/index.ts';
import type { GitHub } from '../ports/github.ts';
import type { PageFile } from './knowledge-base.ts';

/** Where a repository keeps pages of its own; its organisation's stand in the `.github` repository. */
const pagesFolder = '.github/signatures';

const templatesFolder = '.github/ISSUE_TEMPLATE';

const mostFiles = 200;

/** What Signpost read from a repository; kept in the store, so that a restart reads nothing twice. */
export interface RepositoryFiles {
  readonly config: string | null;
  readonly pages: readonly PageFile[];
  readonly templates: readonly string[];
  readonly labels: readonly string[];
}

/** Reads settings, pages, templates and labels of a repository, and the pages of its organisation. */
export async function readAll(repository: string, github: GitHub): Promise<RepositoryFiles> {
  const owner = repository.split('/')[0] ?? '';
  const [config, own, common, templates, labels] = await Promise.all([
    github.file(repository, configPath),
    readFolder(repository, pagesFolder, /\.md$/, github),
    readFolder(`${owner}/.github`, pagesFolder, /\.md$/, github),
    readTemplateFiles(repository, github),
    github.labels(repository),
  ]);
  return { config, pages: [...own, ...common], templates, labels };
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
