import { requiredSections } from '../../src/knowledge/index.ts';
import type { Pack } from '../../src/model/signature.ts';

export const pack: Pack = { name: 'test', repository: 'octo/test', url: 'https://example.org/{id}' };

/** The text of a page: its front matter and, below, a line under each of the seven headings. */
export function page(frontMatter: string, sections: readonly string[] = requiredSections): string {
  return `---\n${frontMatter}\n---\n${sections.map((heading) => `## ${heading}\n\nSome help.\n`).join('\n')}`;
}

/** Sound front matter of a page with this id; a test spoils what it is about. */
export function frontMatter(id: string, phrase = `${id} exploded`): string {
  return [
    `id: ${id}`,
    `title: The ${id} explodes`,
    'category: local-runtime',
    'labels: [bug]',
    'threads: [12, 34]',
    'match:',
    '  all:',
    `    - text: ${phrase}`,
    'samples:',
    '  matches:',
    `    - the ${phrase} at noon`,
    '  differs:',
    '    - text: all is calm',
    '      why: nothing exploded',
  ].join('\n');
}
