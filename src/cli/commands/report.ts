import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gatherPage } from '../../app/digests/digest-input.ts';
import { renderDashboard } from '../../digest/index.ts';
import { InputError } from '../input/input-error.ts';
import type { Io } from '../io.ts';
import { atDesk, weekAsked } from '../with-repository.ts';

/**
 * `signpost report <owner/repo> [--week 2026-W47] [--out report.html]`: the maintainers' page as one HTML file. 0 when it was
 * written, 2 when it could not be.
 */
export async function run(
  [target]: readonly string[],
  { out = 'report.html', week: asked }: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  try {
    const page = await atDesk(target, async (desk) => {
      const week = weekAsked(asked, desk.now, desk.ground.config.digest.on.zone);
      return renderDashboard(await gatherPage(desk.repository, week, desk.ground, desk, desk.now), sha256);
    });
    await writeFile(String(out), page).catch(() => {
      throw new InputError(`${String(out)} cannot be written (expected a file in a folder that is there)`);
    });
    io.stdout(`${String(out)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stderr(`signpost: ${error.message}\n`);
    return 2;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
