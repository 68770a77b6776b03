import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { loadDashboardData } from '../../app/digests/digest-input.ts';
import { renderDashboard } from '../../digest/index.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import { weekOption } from '../week-option.ts';
import { withRepository } from '../with-repository.ts';

/**
 * `signpost report <owner/repo> [--week 2026-W47] [--out report.html]`: the maintainers' page as one HTML
 * file. 0 when it was written, 2 when it could not be.
 */
export const run = command(async ([target], options, io) => {
  const page = await withRepository(target, async (context) => {
    const { now, repository, settings } = context;
    const week = weekOption(options, now, settings.config.digest.on.zone);
    return renderDashboard(await loadDashboardData(repository, week, settings, context, now), sha256);
  });
  const file = String(options.out ?? 'report.html');
  await writeFile(file, page).catch(() => {
    throw new InputError(`${file} cannot be written (expected a file in a folder that is there)`);
  });
  io.stdout(`${file}\n`);
  return 0;
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
