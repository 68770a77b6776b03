/** A page that is proposed to a repository by a pull request. */
export interface PageProposal {
  /** Names the proposal: there is never more than one open pull request of a branch. */
  readonly branch: string;
  readonly path: string;
  readonly text: string;
  readonly title: string;
  readonly body: string;
}

/** Pull requests in a person's name. */
export interface Proposals {
  /**
   * Opens the pull request, or finds the one that is open for its branch. What an earlier try left half-done
   * is taken up. Rejects with a `GitHubError`, `forbidden` where the token's rights do not suffice.
   */
  propose(
    repository: string,
    proposal: PageProposal,
  ): Promise<{ readonly url: string; readonly opened: boolean }>;
}
