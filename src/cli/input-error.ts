/** Something in a file or on the command line that a person has to mend; the message is the line to print. */
export class InputError extends Error {}
