/** Text that was made safe for HTML; only `html` and `raw` make it. */
export interface Safe {
  readonly html: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML in which every value is escaped, unless it is safe already; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Safe {
  return { html: parts.reduce((text, part, index) => `${text}${escaped(values[index - 1])}${part}`) };
}

export function raw(text: string): Safe {
  return { html: text };
}

type Value = string | number | null | undefined | Safe | readonly Safe[];

/** Control characters, and those that turn the direction of text around, are left out. */
function escaped(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    return value
      .replace(/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, '')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '');
  }
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
