import type { Evidence } from './text.ts';

/** What a recogniser says about a report. One shape for all: in `explain --json`, the demo and the ledger. */
export interface Finding {
  readonly kind: 'signature' | 'duplicate' | 'label' | 'missing' | 'secret' | 'regression';
  /** The signature's id, the label, the missing item, the secret's type, or `owner/name#n` for a duplicate. */
  readonly id: string;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
  /** The raw text that speaks for it; never a secret's. */
  readonly evidence: readonly Evidence[];
  readonly from: 'rule' | 'model' | 'both' | 'form' | 'fact';
  /** People's verdicts have raised the bar: least probability at which it is spoken of here. */
  readonly threshold?: number;
  /** The report names that thread itself: its author is not told of it. */
  readonly named?: boolean;
  /** Remarks for a reader, one line each: the shares of rule and model, a work budget that ran out. */
  readonly notes?: readonly string[];
}
