/**
 * `a[i]!` in `src` claims that `i` is in range. In production it is free and gives `undefined`, which becomes
 * NaN, never a plausible 0. Under Vitest each claim is checked where it is made: this plugin rewrites it
 * before the types are stripped.
 */
import ts from 'typescript';
import type { Plugin } from 'vitest/config';

/** Rooms whose claims are checked. */
const checked = /\/src\/(duplicates|numerics|classify|match)\/.*\.ts$/;

export function checkClaims(): Plugin {
  return {
    name: 'check-claims',
    enforce: 'pre',
    transform(code, id) {
      const [file = ''] = id.split('?');
      return checked.test(file) && code.includes(']!') ? { code: withChecks(code, file), map: null } : null;
    },
  };
}

/**
 * The same code, which throws a RangeError where an `a[i]!` is read, or changed in place, and is not there.
 */
export function withChecks(code: string, file: string): string {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const edits: { readonly at: number; readonly length: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNonNullExpression(node) && ts.isElementAccessExpression(node.expression)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const where = JSON.stringify(`${file}:${line + 1}: ${node.expression.getText()} is out of range`);
      const mark = node.getEnd() - 1;
      if (isChanged(node)) {
        const { argumentExpression: index, expression: list } = node.expression;
        edits.push({ at: index.getStart(), length: 0, text: `$inRange(${list.getText()}, ` });
        edits.push({ at: index.getEnd(), length: 0, text: `, ${where})` });
        edits.push({ at: mark, length: 1, text: '' });
      } else {
        edits.push({ at: node.getStart(), length: 0, text: '(' });
        edits.push({ at: mark, length: 1, text: ` ?? $outOfRange(${where}))` });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const changed = edits
    .toReversed()
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, length, text: by }) => text.slice(0, at) + by + text.slice(at + length), code);
  return changed + helpers;
}

/** Function declarations are hoisted, and at the end they leave the numbers of lines alone. */
const helpers = `
function $outOfRange(where: string): never { throw new RangeError(where); }
function $inRange(list: ArrayLike<unknown>, at: number, where: string): number {
  return list[at] == null ? $outOfRange(where) : at;
}
`;

/** Whether it is the target of `+=` and the like, `++` or `--`. */
function isChanged(node: ts.NonNullExpression): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(parent.operator);
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}
