import { join } from 'node:path';
import { type BackgroundReport, readBackground } from '../../match/index.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';

/** The backgrounds that models of the folders' pages are trained on, one after the other. */
export async function readBackgrounds(
  folders: readonly { readonly folder: string }[],
  io: Io,
): Promise<readonly BackgroundReport[]> {
  return (await Promise.all(folders.map(({ folder }) => readFolderBackground(folder, io)))).flat();
}

/** Empty when the folder ships none. */
async function readFolderBackground(folder: string, io: Io): Promise<readonly BackgroundReport[]> {
  const path = join(folder, 'background.bin');
  if (!(await io.readDir(folder)).includes('background.bin')) return [];
  try {
    return readBackground(await io.readFile(path));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${path}: ${error.message} (expected what npm run build-background makes)`);
  }
}
