/** What people said of one thing that Signpost did. */
export interface Verdict {
  readonly repository: string;
  readonly number: number;
  /** What was said there: `signature:<id>`, `duplicate:<owner/name#n>`, `label:<name>`. */
  readonly finding: string;
  /** `contradicted`: a maintainer said or did otherwise. */
  readonly kind: 'confirmed' | 'refused' | 'contradicted';
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whose word it is, by what they may do here, and a short hash of who they are: nobody counts twice. */
  readonly by?: 'maintainer' | 'reporter' | 'other';
  readonly who?: string;
  /** A maintainer's word, where somebody else has spoken after them. */
  readonly ruling?: 'confirmed' | 'contradicted';
  /** `doubt`: a reply that is no agreement. It stops a close; it does not count against the finding's page. */
  readonly signal?: 'reaction' | 'reply' | 'doubt' | 'label' | 'mark' | 'reopen' | 'command';
}
