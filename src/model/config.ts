/** `.github/signpost.yml` with every default filled in. Durations are milliseconds. */
export interface Config {
  readonly mode: 'observe' | 'advise' | 'act';
  readonly packs: readonly string[];
  readonly comment: { readonly at: number };
  readonly labels: {
    /** The lowest probability of a suggestion; `auto`: each label's learned threshold. */
    readonly at: 'auto' | number;
    /** Names or globs (`area:*`) that `classify` may set. */
    readonly allow: readonly string[];
    readonly create: boolean;
    readonly duplicate: string;
    /** Set where a fixed failure seems to be back. */
    readonly regression: string;
    /** `{id}` is the signature's id. */
    readonly signature: string;
  };
  readonly duplicates: { readonly at: number; readonly max: number; readonly related: readonly string[] };
  readonly missing: {
    /** The items that a report should hold, by kind of issue. */
    readonly bug: readonly MissingItem[];
    readonly feature: readonly MissingItem[];
    readonly question: readonly MissingItem[];
    readonly label: string | null;
  };
  readonly secrets: { readonly label: string | null };
  readonly ledger: { readonly onRoot: boolean };
  readonly close: {
    readonly at: number;
    readonly after: number;
    readonly atMostPerDay: number;
    readonly never: readonly string[];
    readonly unless: { readonly thumbsUp: number };
    readonly confirm: 'person' | 'none';
  };
  readonly digest: {
    /** Weekday 1 (Monday) to 7, hour and minute in `zone` (an IANA name). */
    readonly on: {
      readonly weekday: number;
      readonly hour: number;
      readonly minute: number;
      readonly zone: string;
    };
    readonly as: 'issue' | 'file' | 'none';
  };
  readonly limits: { readonly commentsPerHour: number };
  readonly guard: boolean;
  readonly ignore: { readonly authors: readonly string[]; readonly labels: readonly string[] };
}

export const missingItems = ['message', 'command', 'version', 'platform', 'steps'] as const;
export type MissingItem = (typeof missingItems)[number];
