/**
 * A part of a report. Offsets of `title` count in the raw title, those of all other fields in the raw body,
 * so that `body.slice(start, end)` is the text.
 */
export type Field = 'title' | 'prose' | 'code' | 'errors' | `section:${string}`;

/** A half-open range of UTF-16 offsets into the raw body (or the raw title, where the field is `title`). */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** A raw text that supports a finding; `text` is the field's raw text from `start` to `end`. */
export interface Evidence extends Region {
  readonly field: Field;
  readonly text: string;
}
