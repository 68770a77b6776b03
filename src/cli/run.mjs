// Runs the command line from a checkout. Plain JavaScript, so that Node's cache of compiled code is on before the first
// TypeScript file is read: with it, nothing is stripped of its types twice.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
