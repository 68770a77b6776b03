import { quote } from '../../decide/index.ts';
import { digestTitle, renderMarkdown, summarise } from '../../digest/index.ts';
import type { JobPorts, Scene } from '../context.ts';
import { withShared } from './common-messages.ts';
import { digestOptions, gatherDigest } from './digest-input.ts';
import { anythingIn, publishDigests } from './publish.ts';

/** How often it is looked whether a digest is due, in milliseconds; a late one writes the week that it missed. */
export const digestsEvery = 900_000;

export async function sendDigestJobs({ send, store }: JobPorts): Promise<void> {
  const rows = await store.repositories();
  await send(
    rows.map(({ installation, repository }) => ({
      kind: 'digest',
      repository,
      key: `${repository}:digest`,
      installation,
      data: {},
      priority: 60,
      notBefore: 0,
    })),
  );
}

/** Publishes what is due for one repository; one that observes, is paused, or wants no issue gets none. */
export async function writeDigest({ github, ports, row }: Scene): Promise<void> {
  const { clock, repositories, slug, store } = ports;
  const { repository } = row;
  const ground = await repositories.ground(repository, github);
  const { digest: settings, mode } = ground.config;
  if (mode === 'observe' || row.paused || settings.as !== 'issue') return;
  await publishDigests({
    repository,
    slug,
    store,
    github,
    clock,
    on: settings.on,
    async write(week, last) {
      const input = await gatherDigest(repository, week, ground, { store, github });
      if (
        !anythingIn(
          input.memories.map(({ createdAt }) => createdAt),
          week,
          settings.on.zone,
        )
      )
        return null;
      const options = digestOptions(week, ground.config);
      const digest = summarise(await withShared(input, options, github), options);
      const before = last === null ? '' : `\n\nThe digest before: #${last}`;
      return { title: digestTitle(digest), body: `${renderMarkdown(digest, quote)}${before}` };
    },
  });
}
