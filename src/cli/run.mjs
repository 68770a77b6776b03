#!/usr/bin/env node
// Runs the command line, from a checkout as from `dist`. Plain JavaScript, so that a Node that is too old can
// still say so, and so that Node's cache of compiled code is on before the first TypeScript file is read: with
// it, nothing is stripped of its types twice.
import '../node-version.cjs';
import module from 'node:module';

module.enableCompileCache();
await import('./main.ts');
