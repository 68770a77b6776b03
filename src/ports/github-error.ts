/** What a failed call means for the caller. */
export type GitHubFailure =
  | 'limited' // primary or secondary limit: come back at `retryAt`
  | 'forbidden' // 401, 403: rights are missing
  | 'refused' // 422, 410 on a write: GitHub will not do it
  | 'unknown'; // 5xx, a cut connection, a time-out: the call may have taken effect

export class GitHubError extends Error {
  readonly failure: GitHubFailure;
  readonly status: number | null;
  readonly route: string;
  /** Epoch milliseconds; set for `limited`. */
  readonly retryAt: number | null;

  constructor(
    failure: GitHubFailure,
    route: string,
    status: number | null,
    message: string,
    retryAt: number | null = null,
  ) {
    super(`${route}: ${message}`);
    this.name = 'GitHubError';
    this.failure = failure;
    this.status = status;
    this.route = route;
    this.retryAt = retryAt;
  }
}
