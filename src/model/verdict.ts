/** A person's verdict on one finding or label of Signpost. */
export interface Verdict {
  readonly repository: string;
  readonly number: number;
  /** The key of the finding: `signature:<id>`, `duplicate:<owner/name#n>`, `label:<name>`. */
  readonly finding: string;
  /** `refused` by others, `contradicted` by a maintainer. */
  readonly kind: 'confirmed' | 'refused' | 'contradicted';
  /** Epoch milliseconds. */
  readonly at: number;
  /** The role of the person. */
  readonly by?: 'maintainer' | 'reporter' | 'other';
  /** A short hash of the person's login, so that nobody counts twice. */
  readonly who?: string;
  /** A maintainer's verdict that somebody else's has replaced. */
  readonly ruling?: 'confirmed' | 'contradicted';
  /** How it was given. `doubt`, an ambiguous reply, stops a close and does not count against the finding. */
  readonly signal?: 'reaction' | 'reply' | 'doubt' | 'label' | 'mark' | 'reopen' | 'command';
}
