import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readBuiltPages } from '../../../src/adapters/packs/built-pages.ts';
import { readPages } from '../../../src/cli/input/read-pages.ts';
import { createIo } from '../../../src/cli/io.ts';

const folder = 'signatures/claude-code';

async function files() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') || name === 'pack.yml');
  return Promise.all(names.map(async (path) => ({ path, bytes: await readFile(`${folder}/${path}`) })));
}

test('the built pages are those of the pack as it is: npm run build-model after a change', async () => {
  const [pages] = await readPages([folder], createIo());
  expect(await readBuiltPages(folder, await files())).toMatchObject({
    pack: pages?.pack,
    signatures: pages?.signatures,
  });
});

test('built pages do not count once a page has changed', async () => {
  const [first, ...rest] = await files();
  const changed = {
    path: first?.path ?? '',
    bytes: Buffer.concat([first?.bytes ?? Buffer.alloc(0), Buffer.from(' ')]),
  };
  expect(await readBuiltPages(folder, [changed, ...rest])).toBeNull();
});
