/** Time, so that tests can move it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** How many of its milliseconds pass in one of the machine's; 1 when absent. */
  readonly rate?: number;
  /** Resolves after so many milliseconds of this clock, or earlier when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when whatever else waits for the processor has had its turn. */
  yield(): Promise<void>;
}
