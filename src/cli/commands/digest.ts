import { withCommonMessages } from '../../app/digests/common-messages.ts';
import { digestOptions, loadDigestInput } from '../../app/digests/digest-input.ts';
import { quote } from '../../decide/index.ts';
import { renderCsv, renderJson, renderMarkdown, summarise } from '../../digest/index.ts';
import { command } from '../command.ts';
import { weekOption } from '../week-option.ts';
import { withRepository } from '../with-repository.ts';

/**
 * `signpost digest <owner/repo> [--week 2026-W47] [--json | --csv]`: the digest of a week on stdout, the last
 * one that is over without `--week`. Writes nothing to GitHub. 0 when it ran, 2 when it could not.
 */
export const run = command(([target], options, io) =>
  withRepository(target, async ({ github, settings, now, repository, store }) => {
    const week = weekOption(options, now, settings.config.digest.on.zone);
    const input = await loadDigestInput(repository, week, settings, { store, github });
    const form = digestOptions(week, settings.config);
    const digest = summarise(github === null ? input : await withCommonMessages(input, form, github), form);
    if (options.json === true) io.stdout(renderJson(digest));
    else if (options.csv === true) io.stdout(renderCsv(digest));
    else io.stdout(renderMarkdown(digest, quote));
    return 0;
  }),
);
