export { lint } from './lint.ts';
export { type PackInput, type PackReading, readPack, readPackFile, type SampleTest } from './pack.ts';
export { readPage } from './page.ts';
export { frontMatterJsonSchema, requiredSections } from './schema.ts';
