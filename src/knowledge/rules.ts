import { RE2JS } from 're2js';
import { maxRepeats, minLiteral, readPattern } from '../model/pattern.ts';
import type { Rule, Signature } from '../model/signature.ts';

/** A fault of one rule, at its path in the front matter. */
export interface RuleFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
}

/**
 * Finds what the schema cannot: patterns that do not compile or cost too much, trees that hold without any
 * text.
 */
export function ruleFaults(match: Signature['match']): readonly RuleFault[] {
  const faults: RuleFault[] = [];
  for (const kind of ['all', 'any', 'none'] as const)
    faults.push(...patternFaults(match[kind] ?? [], ['match', kind]));
  const { all, any } = match;
  if (!(all?.some(needsText) ?? false) && !(any?.every(needsText) ?? false)) {
    faults.push({
      path: ['match'],
      message: 'the rules can hold without any text of their own, so they would hit nearly every report',
      expected: 'under all, or in every branch of any, a text, regex or near that has to be found',
    });
  }
  return faults;
}

/** Finds patterns that do not compile or cost too much, in the rules at a path. */
export function patternFaults(rules: readonly Rule[], path: RuleFault['path']): readonly RuleFault[] {
  const faults: RuleFault[] = [];
  rules.forEach((rule, index) => {
    collectFaults(rule, [...path, index], faults);
  });
  return faults;
}

/** Whether a rule holds only where one of its own texts is found. */
function needsText(rule: Rule): boolean {
  if ('none' in rule) return false;
  if ('all' in rule) return rule.all.some(needsText);
  if ('any' in rule) return rule.any.every(needsText);
  return true;
}

function collectFaults(rule: Rule, path: readonly (string | number)[], faults: RuleFault[]): void {
  for (const [kind, children] of Object.entries(rule)) {
    if (kind === 'all' || kind === 'any' || kind === 'none') {
      (children as readonly Rule[]).forEach((child, index) => {
        collectFaults(child, [...path, kind, index], faults);
      });
    }
  }
  if ('regex' in rule) {
    const fault = regexFault(rule.regex);
    if (fault !== null) faults.push({ path: [...path, 'regex'], ...fault });
  }
}

function regexFault(pattern: string): Omit<RuleFault, 'path'> | null {
  const reading = readPattern(pattern);
  const [unsupported] = reading.unsupported;
  if (unsupported !== undefined) {
    return {
      message:
        `the regex has a ${unsupported.what} at character ${unsupported.at + 1}, which RE2 does not ` +
        'have',
      expected: 'a pattern without it: split it into two rules under all and none',
    };
  }
  try {
    RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).replace(
      'error parsing regexp: ',
      '',
    );
    return { message: `the regex does not compile: ${reason}`, expected: 'RE2 syntax' };
  }
  if (reading.repeats > maxRepeats) {
    return { message: `the regex repeats ${reading.repeats} times`, expected: `at most ${maxRepeats}` };
  }
  if (reading.literals === null) {
    return {
      message: 'the regex has no fixed text that must occur, so it would be tried on every line',
      expected: `at least ${minLiteral} letters or digits in a row in each of its alternatives`,
    };
  }
  return null;
}
