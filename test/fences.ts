/** Runs dependency-cruiser over `src` and fails on a broken fence, or when it saw fewer modules than there are. */

import { readdirSync, readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { fences } from './fence-rules.ts';

const { options, forbidden } = fences;
const { output } = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } }, undefined, {
  tsConfig: extractTSConfig('tsconfig.json'),
});
if (typeof output === 'string')
  throw new Error('dependency-cruiser returned text, expected its result object');

for (const { rule, from, to } of output.summary.violations) {
  const comment = forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  console.error(`${from}: ${rule.name}: imports ${to}. ${comment}`);
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const seen = output.modules.filter(({ source }) => source.startsWith('src/')).length;
if (seen < files.length) {
  console.error(
    `fences: dependency-cruiser saw ${seen} modules, expected ${files.length}: the fences guard nothing`,
  );
}

// What no import shows: the clock, chance and the environment are globals.
const globals =
  /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.|performance\.now\(|setTimeout\(|setInterval\(|await fetch\()/;
let leaks = 0;
for (const file of files.filter(
  (name) => !/^(app|server|cli|process|adapters)\//.test(name.replaceAll('\\', '/')),
)) {
  for (const [index, line] of readFileSync(`src/${file}`, 'utf8').split('\n').entries()) {
    const code = line.replace(/\/\/.*|\/?\*.*/, '');
    const leak = globals.exec(code);
    if (leak === null) continue;
    leaks += 1;
    console.error(`src/${file}:${index + 1}: ${leak[0]} outside adapters and entry; take it through a port`);
  }
}
const broken = output.summary.violations.length + leaks + (seen < files.length ? 1 : 0);
console.log(`fences: ${seen} modules, ${broken} broken`);
process.exitCode = broken === 0 ? 0 : 1;
