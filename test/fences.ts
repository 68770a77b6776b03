/** Prints what breaks the fences of the house, a line each, and fails when something does. */
import { survey } from './survey.ts';

const { broken, modules } = await survey();
for (const line of broken) console.error(line);
console.log(`fences: ${modules} modules, ${broken.length} broken`);
process.exitCode = broken.length === 0 ? 0 : 1;
