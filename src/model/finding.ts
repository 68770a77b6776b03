import type { Evidence } from './text.ts';

/** The result of a recogniser on a report; the same shape in `explain --json`, the demo and the ledger. */
export interface Finding {
  readonly kind: 'signature' | 'duplicate' | 'label' | 'missing' | 'secret' | 'regression';
  /**
   * The signature's id, the label, the missing item, the secret's type, or `owner/name#n` for a duplicate.
   */
  readonly id: string;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
  /** The raw text that supports it; never a credential. */
  readonly evidence: readonly Evidence[];
  readonly from: 'rule' | 'model' | 'both' | 'form' | 'fact';
  /** The lowest probability at which it is published, where people's verdicts have raised it. */
  readonly threshold?: number;
  /** The report mentions that thread itself, so it is not published. */
  readonly named?: boolean;
  /** Remarks, one line each: the shares of rules and model, a work budget that ended. */
  readonly notes?: readonly string[];
}
