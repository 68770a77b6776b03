import { join } from 'node:path';
import { type BackgroundReport, readBackground } from '../../match/index.ts';
import type { Io } from '../io.ts';
import { InputError } from './input-error.ts';

/** The background that models of a folder's pages are trained on; empty when the folder ships none. */
export async function readFolderBackground(folder: string, io: Io): Promise<readonly BackgroundReport[]> {
  const path = join(folder, 'background.bin');
  if (!(await io.readDir(folder)).includes('background.bin')) return [];
  try {
    return readBackground(await io.readFile(path));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${path}: ${error.message} (expected what npm run build-background makes)`);
  }
}
