import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readPackFile } from '../../knowledge/index.ts';
import type { PackInput } from '../../model/signature.ts';
import type { PackFiles, ShippedPacks } from '../../ports/packs.ts';
import { readBuiltPages } from './built-pages.ts';

const shippedFolder = fileURLToPath(new URL('../../../signatures/', import.meta.url));

/** Reads the packs in `signatures/`. Rejects with the system's error where a file cannot be read. */
export async function readShippedPacks(): Promise<ShippedPacks> {
  const packs = new Map<string, PackFiles>();
  for (const entry of await readdir(shippedFolder, { withFileTypes: true })) {
    if (entry.isDirectory())
      packs.set(entry.name, await readFolder(`${shippedFolder}/${entry.name}`, `signatures/${entry.name}`));
  }
  return packs;
}

async function readFolder(folder: string, name: string): Promise<PackFiles> {
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
