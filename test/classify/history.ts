// A small repository's labelled history, made up: two areas told apart by words, platforms by the form.
import type { LabelExample } from '../../src/classify/index.ts';
import { readReport } from '../../src/report/index.ts';

const printing = [
  'The printer spools nothing',
  'Pages come out of the printer upside down',
  'Printing a page jams the spooler',
];
const mailing = [
  'Mails arrive twice',
  'The inbox shows no new mail',
  'A mail with an attachment is never sent',
];
const systems = ['macOS', 'Windows', 'Ubuntu 24.04'] as const;
const platforms = ['platform:macos', 'platform:windows', 'platform:linux'] as const;

/** A report written in the repository's form. */
export function formReport(title: string, said: string, system: string): LabelExample['report'] {
  return readReport({
    title,
    body: `### What's Wrong?\n\n${said}\n\n### Error Messages/Logs\n\n_No response_\n\n### Version\n\n1.4.${title.length % 7}\n\n### Operating System\n\n${system}\n`,
  });
}

/** `count` labelled reports; the same every time. */
export function history(count: number): LabelExample[] {
  return Array.from({ length: count }, (_, k) => {
    const words = (k % 2 === 0 ? printing : mailing)[Math.floor(k / 2) % 3]!;
    const report = formReport(
      `[BUG] ${words}`,
      `${words}, since the update of this week. Number ${k} of its kind.`,
      systems[k % 3]!,
    );
    return { report, labels: ['bug', k % 2 === 0 ? 'area:print' : 'area:mail', platforms[k % 3]!] };
  });
}
