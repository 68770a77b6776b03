import type { IssueRef } from '../model/issue.ts';
import type { Report } from '../model/report.ts';

const address =
  /https?:\/\/[\w.-]{1,100}\/([\w.-]{1,100}\/[\w.-]{1,100})\/(?:issues|pull|discussions)\/(\d{1,9})(?!\w)/g;
/** `#12`, `owner/name#12` and `GH-12`, as GitHub reads them. */
const brief = /(?<![\w/#&.`-])(?:([\w-]{1,39}\/[\w.-]{1,100})?#|GH-)(\d{1,9})(?!\w)/g;

/**
 * The issues that a reporter names in the title or in prose; code and the template refer to nothing.
 * @param here the repository that a bare number means
 */
export function referencesOf(
  { body, prose, title }: Pick<Report, 'title' | 'body' | 'prose'>,
  here: string,
): IssueRef[] {
  const texts = [title, ...prose.map(({ start, end }) => body.slice(start, end))];
  return texts.flatMap((text) =>
    [...text.matchAll(address), ...text.matchAll(brief)].map(([, repository, number]) => ({
      repository: repository ?? here,
      number: Number(number),
    })),
  );
}
