import { frontMatter, page } from '../knowledge/pages.ts';

/** A page of the repository's own: a failure that was mended in 2.1.0. */
export const ferretId = 'ferret-escapes';
export const ferretPage = {
  [`.github/signatures/${ferretId}.md`]: page(
    `${frontMatter(ferretId, 'ferret escaped').replace('threads: [12, 34]', 'threads: [3]')}\nfixed-in: '2.1.0'`,
  ),
};

/** A report of it on a version. */
export const ferretOn = (version: string | null): { readonly title: string; readonly body: string } => ({
  title: 'The ferret is gone',
  body: `ferret escaped: no such burrow${version === null ? '' : `\n\nVersion ${version}, macOS 15.5.`}`,
});
