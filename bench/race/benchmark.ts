/** One of the two that race: an installed checkout. */
export interface Checkout {
  /** As the table calls it: the commit as it was asked for, or `here`. */
  readonly name: string;
  readonly root: string;
  /** A folder for what benchmarks prepare and processes leave behind; it goes when the race ends. */
  readonly scratch: string;
}

/** What a measurement is given. */
export interface Trial {
  readonly checkout: Checkout;
  /** Whether the short form is asked for. */
  readonly quick: boolean;
  /** Aborted when the race is interrupted; processes end with it. */
  readonly signal: AbortSignal;
}

/** One row of the table. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  /**
   * Ratio of the medians, here ÷ there, that is just good enough: at least so much where more is better, at
   * most so much where less is. Default: 5 % worse.
   */
  readonly target?: number;
}

/** How often a benchmark runs. */
export interface Plan {
  /** Pairs that count; one more warms up. */
  readonly pairs: number;
  /** What one run takes on two quiet cores, for the time that the race still needs. */
  readonly seconds: number;
  /** The same of `prepare`; default 0. */
  readonly preparing?: number;
}

/**
 * A whole process that is measured in both checkouts in turn. It gets at a checkout through npm scripts,
 * published commands and settings, and the `index.ts` of a room: other files move between commits.
 */
export interface Benchmark {
  /** As `--only` names it. */
  readonly name: string;
  readonly metrics: readonly Metric[];
  readonly full: Plan;
  /** Null: left out of `--quick`. */
  readonly quick: Plan | null;
  /** A file that has to be there, from the root of this checkout; without it the benchmark is skipped. */
  readonly needs?: string;
  /** Once in each checkout, before the first pair; not measured. */
  readonly prepare?: (trial: Trial) => Promise<void>;
  /**
   * One run: a figure for each metric, by its name; null where this machine cannot tell. Rejects when it
   * failed.
   */
  readonly measure: (trial: Trial) => Promise<Readonly<Record<string, number | null>>>;
}
