/** One attempt of GitHub to deliver a webhook. */
export interface DeliveryAttempt {
  readonly id: number;
  /** Of the delivery; its redeliveries have the same. */
  readonly guid: string;
  /** The App answered, and with a status below 400. */
  readonly ok: boolean;
}

/** What the App itself may ask of GitHub, beside its installations. */
export interface AppPort {
  /** The App's slug and name; also how `doctor` sees whether the credentials are good. */
  identity(): Promise<{ readonly slug: string; readonly name: string }>;
  /**
   * Where the App is installed; null when it is not installed on the repository. Times are epoch
   * milliseconds.
   */
  installation(repository: string): Promise<{ readonly id: number; readonly createdAt: number } | null>;
  installations(): Promise<
    readonly { readonly id: number; readonly createdAt: number; readonly suspended: boolean }[]
  >;
  /** `owner/name` of every repository of an installation. */
  repositories(installation: number): Promise<readonly string[]>;
  /** Attempts since that time (epoch ms), newest first. GitHub keeps them for three days. */
  attempts(since: number): Promise<readonly DeliveryAttempt[]>;
  /** Asks GitHub to deliver once more what it tried to deliver in this attempt. */
  redeliver(attempt: number): Promise<void>;
}
