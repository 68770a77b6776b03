import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface QueryCost {
  /** Points of the hourly limit. */
  readonly points: number;
  /** The most nodes that the answer can hold. */
  readonly nodes: number;
}

/** The most nodes that a query may ask for. */
export const mostNodes = 500_000;

/**
 * What a query costs, as GitHub counts: the requests that it takes to fill every connection to its `first` or
 * `last`, by the hundred and at least one; and the nodes that this can return.
 */
export function costOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): QueryCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let requests = 0;
  let nodes = 0;

  const size = (field: FieldNode): number | null => {
    const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
    if (!argument) return null;
    const { value } = argument;
    if (value.kind === Kind.VARIABLE) return Number(variables[value.name.value] ?? 0);
    return value.kind === Kind.INT ? Number(value.value) : 0;
  };

  const visit = (set: SelectionSetNode | undefined, times: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        visit(fragments.get(selection.name.value)?.selectionSet, times);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, times);
      else {
        const length = size(selection);
        if (length !== null) {
          requests += times;
          nodes += times * length;
        }
        visit(selection.selectionSet, times * (length ?? 1));
      }
    }
  };

  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) visit(definition.selectionSet, 1);
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}
