import type { ClientBase } from 'pg';

/**
 * Statements that PostgreSQL can plan ahead; those that begin and end transactions are cheaper said plainly.
 */
const plannable = /^\s*(?:select|insert|update|delete|with)\b/i;

/** Bulk inserts have a text for each number of rows: they would use up the names, and are few. */
const manyValues = '$100';
const mostNames = 400;

/**
 * Has each connection that it is given keep each statement under a name once it was parsed and planned: half
 * of what a statement costs PostgreSQL here. Statements are bound to values, so that there are few; they live
 * as long as the connection.
 */
export function createStatementPreparer(): (client: ClientBase) => void {
  /** By text; the same in every connection. */
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames) return known;
    if (!plannable.test(text) || text.includes(manyValues)) return;
    const name = `signpost_${names.size}`;
    names.set(text, name);
    return name;
  };
  return (client) => {
    const query: (...args: unknown[]) => unknown = client.query.bind(client);
    const prepared = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
      const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
      return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
    };
    Object.assign(client, { query: prepared });
  };
}
