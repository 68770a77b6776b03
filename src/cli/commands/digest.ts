import { withCommonMessages } from '../../app/digests/common-messages.ts';
import { digestOptions, loadDigestInput } from '../../app/digests/digest-input.ts';
import { quote } from '../../decide/index.ts';
import { renderCsv, renderJson, renderMarkdown, summarise } from '../../digest/index.ts';
import { InputError } from '../input/input-error.ts';
import type { Io } from '../io.ts';
import { weekAsked, withRepository } from '../with-repository.ts';

/**
 * `signpost digest <owner/repo> [--week 2026-W47] [--json | --csv]`: the digest of a week on stdout, the last one that is over
 * without `--week`. Writes nothing to GitHub. 0 when it ran, 2 when it could not.
 */
export async function run(
  [target]: readonly string[],
  { csv, json, week: asked }: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  try {
    return await withRepository(target, async ({ github, settings, now, repository, store }) => {
      const week = weekAsked(asked, now, settings.config.digest.on.zone);
      const input = await loadDigestInput(repository, week, settings, { store, github });
      const options = digestOptions(week, settings.config);
      const digest = summarise(
        github === null ? input : await withCommonMessages(input, options, github),
        options,
      );
      io.stdout(
        json === true ? renderJson(digest) : csv === true ? renderCsv(digest) : renderMarkdown(digest, quote),
      );
      return 0;
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stderr(`signpost: ${error.message}\n`);
    return 2;
  }
}
