import type { Field } from '../model/text.ts';

/** Groups of features. Each is scaled to unit length, so that a long log does not outweigh a title. */
export const groups = ['form', 'title', 'text', 'code', 'topic'] as const;

export type Group = (typeof groups)[number];

/** Receives a feature and its location; `field` is null for a feature without one. */
export type FeatureVisitor = (
  group: Group,
  name: string,
  field: Field | null,
  start: number,
  end: number,
) => void;

/** Occurrences of each feature of a report, by group. */
export type FeatureCounts = Readonly<Record<Group, ReadonlyMap<string, number>>>;
