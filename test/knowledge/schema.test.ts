import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { frontMatterJsonSchema } from '../../src/knowledge/index.ts';
import { frontMatter } from './pages.ts';

const committed: unknown = JSON.parse(readFileSync('signatures/schema.json', 'utf8'));

describe('the JSON Schema of the front matter', () => {
  it('is the one that is committed (npm run page-schema makes it)', () => {
    expect(committed).toEqual(frontMatterJsonSchema());
  });

  it('accepts a sound page and refuses what the reader refuses', () => {
    const validate = new Ajv2020({ strict: false, formats: {} }).compile(committed as object);
    expect(validate(parse(frontMatter('pump')))).toBe(true);
    expect(validate(parse(frontMatter('pump').replace('text:', 'texxt:')))).toBe(false);
    expect(validate(parse(frontMatter('pump').replace('labels:', 'lables:')))).toBe(false);
  });
});
