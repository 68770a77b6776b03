import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const hook = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      if (url.includes('/temporal-polyfill/')) process.stderr.write('calendar loaded');
      return next(url, context);
    },
  });
`)}`;

/** What a program says on stderr, with a line when it loads the calendar's library. */
async function stderrOf(...args: readonly string[]): Promise<string> {
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', hook, ...args]);
  return stderr;
}

it('`explain` starts without the library of time zones, which the digest alone needs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-start-'));
  try {
    const file = join(folder, 'issue.json');
    await writeFile(file, JSON.stringify({ title: 'It fails', body: 'Error: it fails' }));
    expect(await stderrOf('src/cli/run.mjs', 'explain', file)).not.toContain('calendar loaded');
    expect(await stderrOf('src/digest/index.ts')).toContain('calendar loaded');
  } finally {
    await rm(folder, { recursive: true });
  }
});
