/**
 * A stored state of an issue that this Signpost does not understand: a newer one wrote it, or it is damaged. The message
 * names the issue, what was found and what was expected.
 */
export class UnreadableState extends Error {
  override readonly name = 'UnreadableState';
}
