import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Pack, PackInput, Signature } from '../../model/signature.ts';

/**
 * The pages of a shipped pack as they were read when its models were built, beside the pages: parsing sixteen
 * pages of YAML takes longer than everything else that `explain` does. They count only while the pages are
 * those they were read from.
 */
interface BuiltPages {
  readonly pack: Pack;
  readonly signatures: readonly Signature[];
}

/** The pack is written once, for it is one object to all its pages. */
interface PagesFile {
  readonly key: string;
  readonly pack: Pack;
  readonly signatures: readonly Omit<Signature, 'pack'>[];
}

/** Grows when what is read from a page changes. */
const version = 3;
const fileName = 'pages.json';

/**
 * `files` are the pages and `pack.yml`. Null when nothing was built, or the pages have changed since: then
 * they are parsed.
 */
export async function readBuiltPages(
  folder: string,
  files: readonly PackInput[],
): Promise<BuiltPages | null> {
  try {
    const { key, pack, signatures }: PagesFile = JSON.parse(await readFile(`${folder}/${fileName}`, 'utf8'));
    return key === keyOf(files) ? { pack, signatures: signatures.map((page) => ({ ...page, pack })) } : null;
  } catch {
    return null;
  }
}

export async function writeBuiltPages(
  folder: string,
  files: readonly PackInput[],
  { pack, signatures }: BuiltPages,
): Promise<void> {
  const built: PagesFile = {
    key: keyOf(files),
    pack,
    signatures: signatures.map(({ pack: _, ...page }) => page),
  };
  await writeFile(`${folder}/${fileName}`, `${JSON.stringify(built)}\n`);
}

function keyOf(files: readonly PackInput[]): string {
  const hash = createHash('sha256').update(`pages ${version}\0`);
  for (const { path, bytes } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    hash
      .update(`${path.split('/').at(-1)}\0`)
      .update(bytes)
      .update('\0');
  return hash.digest('hex');
}
