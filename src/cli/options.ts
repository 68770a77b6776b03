import { InputError } from './input-error.ts';

/**
 * What stood behind a command's flags, by the flag's name in camel case. Every function here throws an
 * `InputError`.
 */
export type Options = Readonly<Record<string, unknown>>;

/** `owner/repo`, as GitHub spells names. */
export function repositoryArgument(given: string | undefined): string {
  if (given !== undefined && /^[\w.-]+\/[\w.-]+$/.test(given)) return given;
  throw new InputError(`${given || 'the repository'} is not a repository (expected owner/repo)`);
}

/** The text behind a flag that has to be there; `expected` says what it names. */
export function requiredOption(options: Options, name: string, expected: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new InputError(`${flag(name)} is missing (expected ${expected})`);
  return value;
}

/** A whole number of up to nine digits; undefined without the flag. */
export function wholeNumberOption(options: Options, name: string): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(String(value)))
    throw new InputError(`${flag(name)} ${String(value)} (expected a whole number)`);
  return Number(value);
}

/** A number from 0 to 1; undefined without the flag. */
export function probabilityOption(options: Options, name: string): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const read = String(value).trim() === '' ? Number.NaN : Number(value);
  if (!(read >= 0 && read <= 1))
    throw new InputError(`${flag(name)} ${String(value)} (expected a probability from 0 to 1)`);
  return read;
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
