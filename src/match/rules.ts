import { RE2JS } from 're2js';
import { lazy } from '../model/lazy.ts';
import { readPattern } from '../model/pattern.ts';
import type { Pack, Rule, Scope, Signature } from '../model/signature.ts';
import { isWord, normalisePhrase } from './normalise.ts';

/**
 * A literal of a rule: its id in the automaton, its length in codes, and the word boundaries that it demands.
 */
export interface Literal {
  readonly id: number;
  readonly length: number;
  /** It must start where a word starts. */
  readonly wordStart: boolean;
  /** It must end where a word ends. */
  readonly wordEnd: boolean;
}

/** A rule tree whose phrases are literals of the automaton. */
export type CompiledRule =
  | { readonly kind: 'all' | 'any' | 'none'; readonly rules: readonly CompiledRule[] }
  | { readonly kind: 'text'; readonly literal: Literal; readonly scope: Scope | undefined }
  | {
      readonly kind: 'near';
      readonly literals: readonly Literal[];
      readonly within: number;
      readonly scope: Scope | undefined;
    }
  | {
      readonly kind: 'regex';
      /** The pattern is tried on lines where one of these occurs. */
      readonly literals: readonly Literal[];
      /** Sets of which one literal each must occur on the same line. */
      readonly also: readonly (readonly Literal[])[];
      /** Compiles the pattern on first use: most are never tried. */
      readonly pattern: () => RE2JS;
      readonly scope: Scope | undefined;
    };

/** The distinct phrases of all rules; their index in `list` is their id. */
export interface Phrases {
  readonly list: Uint16Array[];
  readonly ids: Map<string, number>;
}

/** Compiles a pack's `none`; null without one. Throws as `compileSignature` does. */
export function compilePack({ none }: Pack, phrases: Phrases): CompiledRule | null {
  return none === undefined ? null : compileTree('none', none, phrases);
}

/** Compiles a signature's tree. Throws a RangeError that names a rule which cannot be evaluated. */
export function compileSignature(signature: Signature, phrases: Phrases): CompiledRule {
  const { all, any, none } = signature.match;
  const rules: CompiledRule[] = [];
  if (all !== undefined) rules.push(compileTree('all', all, phrases));
  if (any !== undefined) rules.push(compileTree('any', any, phrases));
  if (none !== undefined) rules.push(compileTree('none', none, phrases));
  return { kind: 'all', rules };
}

/** Puts children without a regular expression first: they decide most trees before one is tried. */
function compileTree(
  kind: 'all' | 'any' | 'none',
  children: readonly Rule[],
  phrases: Phrases,
): CompiledRule {
  const rules = children.map((child) => compileRule(child, phrases));
  return { kind, rules: rules.toSorted((a, b) => Number(hasRegex(a)) - Number(hasRegex(b))) };
}

/** Whether evaluating the tree may try a regular expression. */
export function hasRegex(rule: CompiledRule): boolean {
  return rule.kind === 'regex' || ('rules' in rule && rule.rules.some(hasRegex));
}

function compileRule(rule: Rule, phrases: Phrases): CompiledRule {
  if ('all' in rule) return compileTree('all', rule.all, phrases);
  if ('any' in rule) return compileTree('any', rule.any, phrases);
  if ('none' in rule) return compileTree('none', rule.none, phrases);
  const scope = rule.in;
  if ('text' in rule) return { kind: 'text', literal: phraseLiteral(rule.text, phrases), scope };
  if ('near' in rule) {
    const literals = rule.near.map((one) => phraseLiteral(one, phrases));
    return { kind: 'near', literals, within: rule.within, scope };
  }
  const { literals, also } = readPattern(rule.regex);
  if (literals === null) throw new RangeError(`no literal of three characters in regex ${rule.regex}`);
  return {
    kind: 'regex',
    literals: literals.map((one) => partLiteral(one, phrases)),
    also: also.map((set) => set.map((one) => partLiteral(one, phrases))),
    pattern: lazy(() => RE2JS.compile(rule.regex, RE2JS.CASE_INSENSITIVE)),
    scope,
  };
}

/** A phrase matches whole words; with `*` at its end, any ending of the last one. */
function phraseLiteral(text: string, phrases: Phrases): Literal {
  const open = text.endsWith('*');
  const codes = normalisePhrase(text);
  return intern(codes, isWord(codes[0]), !open && isWord(codes.at(-1)), phrases);
}

/** A literal of a pattern may occur within a word. */
function partLiteral(text: string, phrases: Phrases): Literal {
  return intern(normalisePhrase(text), false, false, phrases);
}

function intern(codes: Uint16Array, wordStart: boolean, wordEnd: boolean, phrases: Phrases): Literal {
  if (codes.length === 0) throw new RangeError('a phrase without any letter, digit or sign');
  const key = String.fromCharCode(...codes);
  let id = phrases.ids.get(key);
  if (id === undefined) {
    id = phrases.list.push(codes) - 1;
    phrases.ids.set(key, id);
  }
  return { id, length: codes.length, wordStart, wordEnd };
}

/**
 * The ids of literals of which at least one occurs wherever the tree holds; null when it can hold without
 * any. The smallest such set, since each of its members makes the signature a candidate.
 */
export function requiredLiterals(rule: CompiledRule): readonly number[] | null {
  switch (rule.kind) {
    case 'none':
      return null;
    case 'text':
      return [rule.literal.id];
    case 'near':
      return [rule.literals.reduce((a, b) => (b.length > a.length ? b : a)).id];
    case 'regex':
      return rule.literals.map(({ id }) => id);
    case 'any': {
      const sets = rule.rules.map(requiredLiterals);
      return sets.some((set) => set === null) ? null : sets.flatMap((set) => set ?? []);
    }
    case 'all': {
      const sets = rule.rules.map(requiredLiterals).filter((set) => set !== null);
      return sets.length === 0 ? null : sets.reduce((a, b) => (b.length < a.length ? b : a));
    }
  }
}
