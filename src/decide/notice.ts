import type { Notice } from '../model/issue-state.ts';

const hints: Readonly<Record<Exclude<Notice, 'help'>, string>> = {
  unknown: 'There is no such command.',
  duplicate: '`/signpost duplicate` needs another issue that exists: `#12`, `owner/name#12` or its URL.',
  signature: '`/signpost signature` needs the id of a known failure, as its page names it.',
};

const commands = [
  '| For the reporter, and for everyone with triage rights | |',
  '| --- | --- |',
  '| `/signpost not-this` | takes back what is said here, with the labels |',
  '| `/signpost recheck` | looks at the issue again |',
  '| `/signpost reopen` | opens an issue again that Signpost closed |',
  '| `/signpost help` | shows this list |',
  '| **For triage rights** | |',
  '| `/signpost duplicate #12` | names the earlier report (also `owner/name#12`, or a URL) |',
  '| `/signpost not-duplicate` | says that there is none |',
  '| `/signpost signature <id>` | names the known failure |',
  '| `/signpost ignore` | leaves this issue alone |',
  '| `/signpost pause`, `/signpost resume` | stops and starts Signpost in this repository |',
].join('\n');

/** The answer to a request for help, or to a command that cannot be interpreted. */
export function noticePart(notice: Notice): string {
  const list =
    `<details${notice === 'help' ? ' open' : ''}><summary>Commands</summary>\n\n${commands}\n\n` +
    '</details>';
  return notice === 'help' ? list : `${hints[notice]}\n\n${list}`;
}
