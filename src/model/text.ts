/**
 * Where a piece of text stands. `title` positions count in the raw title; all other fields are views on
 * the raw body and count in the raw body, so that `body.slice(start, end)` is always the text meant.
 */
export type Field = 'title' | 'prose' | 'code' | 'errors' | `section:${string}`;

/** A half-open range of UTF-16 offsets into the raw body (or the raw title, where the field is `title`). */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** A piece of raw text that speaks for a finding; `text` equals the raw field text from `start` to `end`. */
export interface Evidence extends Region {
  readonly field: Field;
  readonly text: string;
}
