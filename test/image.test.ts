import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const options = (words: readonly string[]) => words.filter((word) => word.startsWith('--'));

it('the image starts Node as npm start does', () => {
  const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
  const ofImage = options(JSON.parse(entry ?? '[]'));
  expect(ofImage).toEqual(options(JSON.parse(read('package.json')).scripts.start.split(' ')));
  expect(ofImage).not.toEqual([]);
});
