/** What Prometheus reads at `/metrics`. Labels are few and never hold text of an issue. */
export interface Metrics {
  delivered(status: number, milliseconds: number): void;
  /** One issue was looked at; `kinds` are those of its findings, each as often as it was found. */
  triaged(kinds: readonly string[], milliseconds: number): void;
  acted(kind: string): void;
  called(route: string, status: number | null): void;
  failed(kind: string): void;
  /** Epoch milliseconds of the oldest waiting job, and how many wait. */
  queue(
    depth: {
      readonly waiting: number;
      readonly running: number;
      readonly dead: number;
      readonly oldest: number | null;
    },
    now: number,
  ): void;
  budget(installation: number, left: number): void;
}
