import type { MissingItem } from './config.ts';

/** What a failure is about; the digest counts by it. */
export const categories = [
  'account-auth',
  'quota-rate',
  'model-provider',
  'local-runtime',
  'deployment-config',
] as const;
export type Category = (typeof categories)[number];

/** Where a rule looks; without it, title and body (prose, code and errors alike). */
export type Scope = 'title' | 'prose' | 'code' | 'errors' | `section:${string}`;

/** One node of a page's `match` tree. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly none: readonly Rule[] }
  | { readonly text: string; readonly in?: Scope }
  | { readonly regex: string; readonly in?: Scope }
  | { readonly near: readonly string[]; readonly within: number; readonly in?: Scope };

/** A short report that a page gives as an example. */
export interface Sample {
  readonly text: string;
  /** The number of the report that it condenses, where it condenses one. */
  readonly from?: number;
  /** Why it is not this failure (for `differs`). */
  readonly why?: string;
  /** It says the same in words that no rule knows: a seed of the learned recogniser, no test of the rules. */
  readonly paraphrase?: boolean;
}

/** A known failure: the rules in the front matter of its page, and what a comment needs of the page's text. */
export interface Signature {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly category: Category;
  readonly labels: readonly string[];
  /** Known reports in the pack's repository, as written. */
  readonly threads: readonly number[];
  /** A report from this version or later is a regression. */
  readonly fixedIn: string | null;
  readonly match: {
    readonly all?: readonly Rule[];
    readonly any?: readonly Rule[];
    readonly none?: readonly Rule[];
  };
  readonly samples: { readonly matches: readonly Sample[]; readonly differs: readonly Sample[] };
  /** Markdown of each section by its heading, in page order. */
  readonly sections: readonly { readonly heading: string; readonly markdown: string }[];
  readonly pack: Pack;
  /** The page's path as a person would name it: for messages and links. */
  readonly path: string;
}

/** A folder of pages. */
export interface Pack {
  readonly name: string;
  /** The repository that the numbers of its pages mean. */
  readonly repository: string;
  /** Where a reader finds a page: `{id}` is replaced. */
  readonly url: string | null;
  /** How a reporter of this software gets what is missing, by item. */
  readonly ask?: Readonly<Partial<Record<MissingItem, string>>>;
  /** What makes a report no report of any of its failures: a wish, a story that is over. As a `none` of every page. */
  readonly none?: readonly Rule[];
}

/** A file as it was read; `path` as a person would name it. */
export interface PackInput {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}
