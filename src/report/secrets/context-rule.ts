export interface ContextRule {
  readonly type: string;
  /** Global; matches up to where the value begins. */
  readonly before: RegExp;
  /** Sticky; what the value may be made of where no quote says where it ends. */
  readonly value: RegExp;
  readonly accept: (value: string) => boolean;
}
