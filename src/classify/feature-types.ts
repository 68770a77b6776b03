import type { Field } from '../model/text.ts';

/** Groups of features; each is scaled to the same length, so that a long log does not drown a title. */
export const groups = ['form', 'title', 'text', 'code', 'topic'] as const;

export type Group = (typeof groups)[number];

/** `field` is null for what has no place. */
export type FeatureVisitor = (
  group: Group,
  name: string,
  field: Field | null,
  start: number,
  end: number,
) => void;

/** How often each feature of a report was seen, by group. */
export type Features = Readonly<Record<Group, ReadonlyMap<string, number>>>;
