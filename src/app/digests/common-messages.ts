import { commonMessage, type DigestInput, type DigestOptions, summarise } from '../../digest/index.ts';
import type { GitHub } from '../../ports/github.ts';
import { readSource } from '../pages/propose.ts';

/** Groups whose common message is looked up, and reports of each that are read for it. */
const groupsRead = 10;
const reportsRead = 5;

/**
 * The input with what the reports of the groups that grew share: a message, else the newest title. No text of reports is
 * kept, so they are read from GitHub again, and redacted.
 */
export async function withCommonMessages(
  input: DigestInput,
  options: DigestOptions,
  github: Pick<GitHub, 'issue'>,
): Promise<DigestInput> {
  const commonMessages = new Map<number, string>();
  const grown = summarise(input, options).emerging.filter(({ thisWeek }) => thisWeek > 0);
  for (const { name, numbers } of grown.slice(0, groupsRead)) {
    const issues = await Promise.all(
      numbers.slice(-reportsRead).map((number) => github.issue(input.repository, number)),
    );
    const sources = await Promise.all(
      issues.flatMap((issue) =>
        issue === null ? [] : [readSource({ ...issue, author: issue.author.login })],
      ),
    );
    const text = commonMessage(sources.map(({ report }) => report)) ?? sources.at(-1)?.report.title;
    if (text !== undefined) commonMessages.set(name, text);
  }
  return { ...input, unknown: { ...input.unknown, commonMessages } };
}
