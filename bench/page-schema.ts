// Writes signatures/schema.json, from which editors complete the front matter of pages.
import { writeFile } from 'node:fs/promises';
import { frontMatterJsonSchema } from '../src/knowledge/index.ts';

await writeFile('signatures/schema.json', `${JSON.stringify(frontMatterJsonSchema(), null, 2)}\n`);
