// Breaks the code of src/learn, src/act and src/decide in some 2,500 small ways and runs the room's tests each time:
// `npm run mutate [-- room…]`. What no test notices is a survivor; those that are known and do no harm stand in
// accepted.json with the reason. Exit code 1 when another one survives. What was tried before and has not changed is not
// tried again (.mutate/<room>.json), unless `--force` is given: of what runs once, when a module is loaded, a new test is
// not noticed without it. A run that was stopped has lost the room at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { type Accepted, judge, type Report } from './survivors.ts';

const rooms = ['learn', 'act', 'decide'];
const force = process.argv.includes('--force');
const given = process.argv.slice(2).filter((word) => word !== '--force');
const unknown = given.filter((room) => !rooms.includes(room));
if (unknown.length > 0) {
  console.error(`mutate: ${unknown.join(', ')} (expected rooms: ${rooms.join(', ')})`);
  process.exit(2);
}

mkdirSync('.mutate', { recursive: true });
const files: Report['files'][] = [];
for (const room of rooms) {
  const seen = `.mutate/${room}.json`;
  if (given.length === 0 || given.includes(room)) {
    const { error, status } = spawnSync(
      process.execPath,
      [
        'node_modules/@stryker-mutator/core/bin/stryker.js',
        ...['run', 'test/mutate/stryker.config.json'],
        ...['--mutate', `src/${room}/*.ts`, '--incrementalFile', seen],
        ...(force ? ['--force'] : []),
      ],
      { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, MUTATE_ROOM: room } },
    );
    if (error !== undefined || status !== 0) {
      console.error(`mutate: ${room} ended with ${error?.message ?? `code ${status}`} (expected 0)`);
      process.exit(2);
    }
  }
  if (existsSync(seen)) files.push((JSON.parse(readFileSync(seen, 'utf8')) as Report).files);
}
const { lines, unexplained } = judge(
  { files: Object.assign({}, ...files) },
  JSON.parse(readFileSync(new URL('accepted.json', import.meta.url), 'utf8')) as Accepted[],
);
console.log(lines.join('\n'));
process.exitCode = unexplained > 0 ? 1 : 0;
