import type { Stage, StageOptions } from './stage.ts';

/** A complaint about, or a defect of, another bot: played against the App, or the reason why there is nothing to play. */
export interface Case {
  /** The number of the defect, the issue it was reported in, or a word. */
  readonly id: string;
  readonly what: string;
  readonly config?: string;
  readonly options?: StageOptions;
  /** Rejects when it is not so. */
  readonly play?: (stage: Stage) => Promise<void>;
  /** Where it is tested, when not here. */
  readonly coveredBy?: string;
  /** Why Signpost cannot have it. */
  readonly cannot?: string;
}
