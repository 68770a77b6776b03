import { expect, test } from 'vitest';
import { command } from '../../src/cli/command.ts';
import { commands, evalCommands } from '../../src/cli/commands.ts';
import { InputError } from '../../src/cli/input-error.ts';
import { GitHubError } from '../../src/ports/github-error.ts';
import { files } from '../files.ts';

test.each([
  new InputError('a.json:1: not JSON (expected an issue)'),
  new GitHubError('forbidden', 'GET /repos/{owner}/{repo}', 403, '403 no'),
])('what a person has to mend is one line and exit code 2: %s', async (error) => {
  const { io, out } = files();
  const run = command(() => Promise.reject(error));
  expect([await run([], {}, io), out]).toEqual([2, { stdout: '', stderr: `signpost: ${error.message}\n` }]);
});

test('what nobody can mend is not hidden', async () => {
  const { io } = files();
  await expect(command(() => Promise.reject(new RangeError('ours')))([], {}, io)).rejects.toThrow('ours');
});

test('every command that is listed can be loaded', async () => {
  for (const { load, usage } of [...commands, ...evalCommands])
    expect((await load()).run, usage).toBeTypeOf('function');
});
