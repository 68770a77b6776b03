import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';

/** Without NUL and lone surrogates, which PostgreSQL refuses and UTF-8 cannot carry; each becomes U+FFFD. */
export function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function cleanValue(value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}

/** JSON as it is stored; `undefined` is stored as null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner) => cleanValue(inner));
}

class CleanValues extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: cleanValue(node.value) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(cleanValue) };
  }
}

/** Cleans every string that is bound to a statement: GUIDs, names and keys come from outside. */
export function cleanParameters(): KyselyPlugin {
  const transformer = new CleanValues();
  return {
    transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
    transformResult: async ({ result }) => result,
  };
}
