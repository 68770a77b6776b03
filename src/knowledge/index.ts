export type { PackInput } from '../model/signature.ts';
export { lint } from './lint.ts';
export { type PackReading, readPack, readPackFile, type SampleTest } from './pack.ts';
export { readPage } from './page.ts';
export { frontMatterJsonSchema, requiredSections } from './schema.ts';
