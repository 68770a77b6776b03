import type { MissingItem } from './config.ts';

/** The areas of failures by which the digest counts. */
export const categories = [
  'account-auth',
  'quota-rate',
  'model-provider',
  'local-runtime',
  'deployment-config',
] as const;
export type Category = (typeof categories)[number];

/** The part of a report that a rule searches; by default title, prose, code and errors. */
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
  /** The number of the report that it condenses, if any. */
  readonly from?: number;
  /** Why it is not this failure (for `differs`). */
  readonly why?: string;
  /** Uses words that no rule has: it trains the recogniser and does not test the rules. */
  readonly paraphrase?: boolean;
}

/** A known failure: the front matter of its page, and the page's sections for the comment. */
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
  /** The page's path, for messages and links. */
  readonly path: string;
}

/** A folder of pages. */
export interface Pack {
  readonly name: string;
  /** The repository of the issue numbers in its pages. */
  readonly repository: string;
  /** The address of a page, with `{id}` in place of its id; null for none. */
  readonly url: string | null;
  /** How a reporter of this software gets each missing item. */
  readonly ask?: Readonly<Partial<Record<MissingItem, string>>>;
  /** Added to the `none` of every page: a feature request, a problem that is over. */
  readonly none?: readonly Rule[];
}

/** The content of a file, and its path for messages. */
export interface PackInput {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}
