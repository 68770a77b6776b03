import { basename, dirname, join } from 'node:path';
import { type PackInput, type PackReading, readPack, readPackFile } from '../../knowledge/index.ts';
import type { Problem } from '../../model/problem.ts';
import { samplesHit } from '../../repository/check-samples.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';

/** A folder of pages, read and checked against its own samples. */
export interface PageFolder extends PackReading {
  readonly folder: string;
  /** The labels that `pack.yml` lists; null when it lists none. */
  readonly labels: readonly string[] | null;
}

/**
 * Reads folders of pages, folders of such folders, and single pages (with `pack.yml` of their folder).
 * Rejects with an InputError for a path that cannot be read or holds no page.
 */
export async function readPages(paths: readonly string[], io: Io): Promise<readonly PageFolder[]> {
  const found = (await Promise.all(paths.map((path) => findPages(path, io)))).flat();
  const byFolder = Map.groupBy(new Set(found), dirname);
  return Promise.all([...byFolder].map(([folder, files]) => readFolder(folder, files, io)));
}

async function findPages(path: string, io: Io): Promise<string[]> {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (plain.endsWith('.md')) return [plain];
  const names = await namesIn(plain, io);
  if (names === null) throw new InputError(`${path} cannot be read (expected a page, or a folder of pages)`);
  const here = names.filter((name) => name.endsWith('.md'));
  if (here.length > 0) return here.map((name) => join(plain, name));
  const below = await Promise.all(
    names
      .filter((name) => !name.includes('.'))
      .map(async (name) => {
        const inside = (await namesIn(join(plain, name), io)) ?? [];
        return inside.filter((file) => file.endsWith('.md')).map((file) => join(plain, name, file));
      }),
  );
  if (below.flat().length === 0) throw new InputError(`${path} holds no page (expected files ending in .md)`);
  return below.flat();
}

async function namesIn(folder: string, io: Io): Promise<readonly string[] | null> {
  try {
    return await io.readDir(folder);
  } catch {
    return null;
  }
}

async function readFolder(folder: string, paths: readonly string[], io: Io): Promise<PageFolder> {
  const files = await Promise.all(paths.map((path) => readInput(path, io)));
  const packPath = join(folder, 'pack.yml');
  const hasPack = ((await namesIn(folder, io)) ?? []).includes('pack.yml');
  const read = hasPack ? readPackFile(await readInput(packPath, io)) : null;
  // Without pack.yml the numbers of a page mean the repository that it lies in, whose name is not in the
  // file.
  const pack = read?.pack ?? { name: basename(folder), repository: '', url: null };
  const reading = readPack(files, pack, samplesHit);
  const problems: readonly Problem[] = [...(read?.problems ?? []), ...reading.problems];
  return { ...reading, problems, folder, labels: read?.labels ?? null };
}

async function readInput(path: string, io: Io): Promise<PackInput> {
  try {
    return { path, bytes: await io.readFile(path) };
  } catch {
    throw new InputError(`${path} cannot be read (expected a signature page)`);
  }
}
