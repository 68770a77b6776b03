import type { Node } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import { yaml } from './yaml.ts';

export interface YamlText {
  /** As a person would name the file. */
  readonly file: string;
  readonly text: string;
  /** Lines of the file before the text; default 0 (front matter has one). */
  readonly lineOffset?: number;
}

/** Alias expansions that are allowed, so that a few lines cannot become gigabytes. */
const maxAliasCount = 50;

/**
 * Parses YAML and validates it. `value` is null when there is any problem; an empty text is read as `{}`.
 * `at` finds the position of a path. A schema may set the `expected` part of a problem: `z.string({ error: 'a
 * page id' })`.
 */
export function readYaml<S extends z.ZodType>(
  { file, text, lineOffset = 0 }: YamlText,
  schema: S,
): {
  readonly value: z.output<S> | null;
  readonly problems: readonly Problem[];
  readonly at: (path: readonly PropertyKey[]) => Position;
} {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line) + lineOffset, column: Math.max(1, col) };
  };
  const at = (path: readonly PropertyKey[]): Position => positionAt(offsetOf(document.contents, path));
  const syntax = document.errors.map((error): Problem => {
    const { line, column } = positionAt(error.pos[0]);
    const message = `not YAML: ${firstLine(error.message)}`;
    return { file, line, column, message, expected: 'valid YAML', severity: 'error' };
  });
  if (syntax.length > 0) return { value: null, problems: syntax, at };

  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount }) ?? {};
  } catch (error) {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    return {
      value: null,
      problems: [{ file, ...at([]), message, expected: 'few aliases', severity: 'error' }],
      at,
    };
  }
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data, problems: [], at };
  const problems = result.error.issues
    .flatMap((issue) => describeIssue(issue, raw))
    .map(({ path, message, expected, key }): Problem => {
      const { line, column } = key ? positionAt(keyOffset(document.contents, path)) : at(path);
      return { file, line, column, message, expected, severity: 'error' };
    });
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { value: null, problems, at };
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface IssueDescription {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected: string;
  /** Points at the key instead of its value. */
  readonly key: boolean;
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): IssueDescription[] {
  const name = issue.path.length === 0 ? 'the document' : issue.path.map(String).join('.');
  const found = describeValue(issue.path.reduce<unknown>(propertyOf, raw));
  const fault = (message: string, expected: string, key = false, path = issue.path): IssueDescription => ({
    path,
    message,
    expected,
    key,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        fault(
          `unknown key "${clip(key)}"`,
          'a key of the documentation; remove it or mend its spelling',
          true,
          [...issue.path, key],
        ),
      );
    case 'invalid_type':
      return found === 'nothing'
        ? [fault(`${name} is missing`, withArticle(issue.expected))]
        : [fault(`${name} is ${found}`, customMessage(issue) ?? withArticle(issue.expected))];
    case 'invalid_value':
      return [fault(`${name} is ${found}`, `one of ${issue.values.map(String).join(', ')}`)];
    case 'too_small':
      return [
        fault(
          `${name} is ${found}`,
          `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`,
        ),
      ];
    case 'too_big':
      return [
        fault(
          `${name} is ${found}`,
          `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`,
        ),
      ];
    case 'invalid_union': {
      const meant = closestBranch(issue);
      if (meant === null)
        return [
          fault(`${name} is ${found}`, customMessage(issue) ?? 'one of the forms of the documentation'),
        ];
      return meant.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw));
    }
    default:
      return [fault(`${name} is ${found}`, issue.message)];
  }
}

/**
 * The issues of the union's branch that was meant: the one with the fewest mismatched keys; null for a tie.
 */
function closestBranch(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | null {
  const mismatches = issue.errors.map((branch) =>
    branch.reduce((sum, inner) => {
      if (inner.code === 'unrecognized_keys') return sum + inner.keys.length;
      if (inner.code !== 'invalid_type') return sum;
      if (inner.path.length === 0) return Number.POSITIVE_INFINITY;
      return inner.input === undefined ? sum + 1 : sum;
    }, 0),
  );
  const least = Math.min(...mismatches);
  if (!Number.isFinite(least) || mismatches.indexOf(least) !== mismatches.lastIndexOf(least)) return null;
  return issue.errors[mismatches.indexOf(least)] ?? null;
}

/** The message that the schema sets; null for one of zod's own. */
function customMessage(issue: z.core.$ZodIssue): string | null {
  return issue.message.startsWith('Invalid') ? null : issue.message;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' entries' : '';
}

function withArticle(type: string): string {
  if (type === 'object' || type === 'record') return 'a mapping';
  if (type === 'array') return 'a list';
  if (type === 'boolean') return 'true or false';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function propertyOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return clip(JSON.stringify(value) ?? String(value));
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function firstLine(text: string): string {
  return clip(text.split('\n', 1)[0] ?? '');
}

/** The start of the value at a path, or of the deepest existing value along it. */
function offsetOf(contents: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = yaml().isNode(contents) ? (contents.range?.[0] ?? 0) : 0;
  for (const key of path) {
    node = yaml().isMap(node) || isSequence(node) ? node.get(key, true) : null;
    if (!yaml().isNode(node)) break;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

function keyOffset(contents: Node | null, path: readonly PropertyKey[]): number {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>(
      (node, key) => (yaml().isMap(node) || isSequence(node) ? node.get(key, true) : null),
      contents,
    );
  const pair = yaml().isMap(parent)
    ? parent.items.find(({ key }) => yaml().isScalar(key) && key.value === path.at(-1))
    : undefined;
  return yaml().isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(contents, path);
}

function isSequence(node: unknown): node is { get(key: PropertyKey, keepScalar: true): unknown } {
  return yaml().isNode(node) && 'items' in node && !yaml().isMap(node);
}
