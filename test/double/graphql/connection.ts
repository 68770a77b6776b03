import { GraphQLError } from 'graphql';

/** The arguments that every connection takes. */
export interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** What orders a list: a value, and the id where values are equal. */
export type Key = readonly [value: number, id: number];

export const failure = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });

const cursorOf = (key: Key): string => Buffer.from(`cursor:v2:${JSON.stringify(key)}`).toString('base64');

function keyOf(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString().replace('cursor:v2:', ''));
    if (Array.isArray(key) && key.length === 2) return [Number(key[0]), Number(key[1])];
  } catch {
    // Falls through to the same answer as any other text that is no cursor.
  }
  throw failure('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
}

/**
 * A page of a list that is sorted by `key` (`sign` -1: descending). A cursor names a place in the order, not an
 * index, so that a list which changes between two pages neither repeats nor skips what stayed.
 */
export function connection<T>(
  name: string,
  items: readonly T[],
  paging: Paging,
  key: (item: T) => Key,
  present: (item: T) => unknown,
  sign: 1 | -1 = 1,
): Record<string, unknown> {
  const size = sizeOf(name, paging);
  const compare = (a: Key, b: Key): number => sign * (a[0] - b[0] || a[1] - b[1]);
  const after = paging.after ? keyOf(paging.after) : null;
  const before = paging.before ? keyOf(paging.before) : null;
  const within = items.filter((item) => {
    const at = key(item);
    return (after === null || compare(at, after) > 0) && (before === null || compare(at, before) < 0);
  });
  const fromEnd = paging.first == null;
  const shown = fromEnd ? within.slice(-size || within.length) : within.slice(0, size);
  const nodes = shown.map(present);
  const cursors = shown.map((item) => cursorOf(key(item)));
  const more = within.length > shown.length;
  return {
    totalCount: items.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursors[index] })),
    pageInfo: {
      hasNextPage: fromEnd ? before !== null : more,
      hasPreviousPage: fromEnd ? more : after !== null,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

function sizeOf(name: string, { first, last }: Paging): number {
  const [which, size] = first == null ? (['last', last] as const) : (['first', first] as const);
  if (size == null)
    throw failure(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (size > 100)
    throw failure(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of 100 records.`,
    );
  return size;
}
