import { quote } from '../../decide/index.ts';
import { digestTitle, renderMarkdown, summarise } from '../../digest/index.ts';
import type { JobContext, Services } from '../context.ts';
import { newJob } from '../jobs.ts';
import { withCommonMessages } from './common-messages.ts';
import { digestOptions, loadDigestInput } from './digest-input.ts';
import { anythingIn, publishDigests } from './publish.ts';

/** How often it is looked whether a digest is due, in milliseconds; a late one writes the week that it missed. */
export const digestsEvery = 900_000;

export async function sendDigestJobs({ send, store }: Services): Promise<void> {
  const rows = await store.repositories();
  await send(rows.map((row) => newJob('publish-digest', row, {})));
}

/** Publishes what is due for one repository; one that observes, is paused, or wants no issue gets none. */
export async function writeDigest({ github, services: ports, row }: JobContext): Promise<void> {
  const { clock, settings: repositories, slug, store } = ports;
  const { repository } = row;
  const settings = await repositories.of(repository, github);
  const { digest, mode } = settings.config;
  if (mode === 'observe' || row.paused || digest.as !== 'issue') return;
  await publishDigests({
    repository,
    slug,
    store,
    github,
    clock,
    on: digest.on,
    async write(week, last) {
      const input = await loadDigestInput(repository, week, settings, { store, github });
      if (
        !anythingIn(
          input.memories.map(({ createdAt }) => createdAt),
          week,
          digest.on.zone,
        )
      )
        return null;
      const options = digestOptions(week, settings.config);
      const summary = summarise(await withCommonMessages(input, options, github), options);
      const before = last === null ? '' : `\n\nThe digest before: #${last}`;
      return { title: digestTitle(summary), body: `${renderMarkdown(summary, quote)}${before}` };
    },
  });
}
