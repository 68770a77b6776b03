/** The part of a webhook delivery that is stored: identifiers, never text. */
export interface Delivery {
  /** `X-GitHub-Delivery`; a redelivery has the same. Not signed: a claim. */
  readonly guid: string;
  /** `X-GitHub-Event`; not signed: a claim that the payload's shape has to bear out. */
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  /** `owner/name`. */
  readonly repository: string | null;
  readonly number: number | null;
  /** The comment's id, for `issue_comment`. */
  readonly comment: number | null;
  readonly sender: string | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}
