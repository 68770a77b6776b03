import { createRequire } from 'node:module';

type Yaml = typeof import('yaml');

const require = createRequire(import.meta.url);
let loaded: Yaml | undefined;

/** Loads the YAML library on first use: it has seventy files, and `explain` rarely needs it. */
export function yaml(): Yaml {
  loaded ??= require('yaml') as Yaml;
  return loaded;
}
