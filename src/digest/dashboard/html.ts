/** HTML whose values are escaped; only `html` and `trustedHtml` make it. */
export interface SafeHtml {
  readonly html: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes every value of the template that is not safe already; joins lists. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return { html: parts.reduce((text, part, index) => `${text}${escapeHtml(values[index - 1])}${part}`) };
}

export function trustedHtml(text: string): SafeHtml {
  return { html: text };
}

export type HtmlValue = string | number | null | undefined | SafeHtml | readonly SafeHtml[];

/** Leaves out control characters, and those that turn the direction of text around. */
function escapeHtml(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    return value
      .replace(/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, '')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '');
  }
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
