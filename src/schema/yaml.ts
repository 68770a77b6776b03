import { createRequire } from 'node:module';
import { lazy } from '../model/lazy.ts';

type Yaml = typeof import('yaml');

const require = createRequire(import.meta.url);

/** The YAML library, loaded when the first text is read: it is seventy files, and `explain` mostly reads none. */
export const yaml: () => Yaml = lazy(() => require('yaml') as Yaml);
