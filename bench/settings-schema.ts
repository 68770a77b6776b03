// Writes the JSON Schema of .github/signpost.yml, for editors. Usage: npm run settings-schema
import { writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../src/config/index.ts';

await writeFile('docs/settings.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
