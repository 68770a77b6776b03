// What a repository's issue templates put into a report, so that it is not taken for the reporter's words.
import { yaml } from '../schema/yaml.ts';
import { plainLabel } from './labels.ts';

/** The labels and the lines of texts of a repository's issue templates. Lines are trimmed. */
export interface Template {
  readonly labels: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
}

/** Templates change seldom and are the same list for report after report. */
const parsed = new WeakMap<readonly string[], Template>();

/** Reads raw issue templates: Markdown ones and YAML forms. What cannot be parsed counts as Markdown. */
export function readTemplates(templates: readonly string[]): Template {
  const template = parsed.get(templates) ?? parseTemplates(templates);
  parsed.set(templates, template);
  return template;
}

function parseTemplates(templates: readonly string[]): Template {
  const labels = new Set<string>();
  const lines = new Set<string>();
  const add = (text: string): void => {
    for (const line of text.split(/\r?\n/)) {
      const plain = line.trim();
      if (/^#{1,6}\s/.test(plain)) labels.add(plainLabel(plain));
      if (plain.length >= 3) lines.add(withoutListMark(plain));
    }
  };
  for (const template of templates) {
    const { parseDocument, visit } = yaml();
    const form = parseDocument(template);
    if (form.errors.length > 0 || !form.has('body')) {
      add(template.replace(/^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/, ''));
      continue;
    }
    visit(form, {
      Pair(_, pair) {
        const value = String((pair.value as { value?: unknown } | null)?.value ?? '');
        const key = String(pair.key);
        if (key === 'label') labels.add(plainLabel(value));
        if (key === 'label' || key === 'value' || key === 'placeholder' || key === 'description') add(value);
      },
    });
  }
  return { labels, lines };
}

/** A line without the marks of a list item or a task. */
export function withoutListMark(line: string): string {
  return line.replace(/^(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/, '').trim();
}

const emptyAnswer = /^(?:_?no response_?|n\/?a|none|nil|-+|\.+|not applicable|null|\[\])\.?$/i;
const checklist =
  /^(?:preflight-checklist|checklist|prerequisites|code-of-conduct|is-there-an-existing-issue)/;
const pledge =
  /^(?:i have (?:searched|read|checked|verified)|i(?:'ve| agree| confirm| am using the latest| understand)|this is a single|searched)/i;

/** True for an answer that says nothing. */
export function isEmptyAnswer(text: string): boolean {
  return text.length <= 20 && emptyAnswer.test(text.replace(/[`*]/g, '').trim());
}

/** True for a ticked or unticked item of a form's checklist, in the section of that slug. */
export function isChecklistItem(text: string, slug: string): boolean {
  return checklist.test(slug) || pledge.test(text.slice(0, 60));
}
