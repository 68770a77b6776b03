import { createRequire } from 'node:module';
import { lazy } from '../model/lazy.ts';

type Yaml = typeof import('yaml');

const require = createRequire(import.meta.url);

/** Loads the YAML library on first use: it has seventy files, and `explain` rarely needs it. */
export const yaml: () => Yaml = lazy(() => require('yaml') as Yaml);
