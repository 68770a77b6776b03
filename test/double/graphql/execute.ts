import { execute, type GraphQLError, type GraphQLFieldResolver, parse, validate } from 'graphql';
import type { Contract } from '../contract.ts';
import type { Reply, Request, Route } from '../http.ts';
import { ok } from '../http.ts';
import { Refusal } from '../world.ts';
import { costOf, mostNodes } from './cost.ts';
import { root } from './root.ts';
import { githubSchema } from './schema.ts';

/** Documents that were checked before, and what was wrong with them. */
type Checked = ReturnType<typeof parse> | readonly GraphQLError[];

/** The GraphQL endpoint: every query is validated against GitHub's schema and executed. */
export function graphqlRoute(contract: Contract): Route {
  const documents = new Map<string, Checked>();

  async function check(query: string): Promise<Checked> {
    const known = documents.get(query);
    if (known) return known;
    let checked: Checked;
    try {
      const document = parse(query);
      const errors = validate(await githubSchema(), document);
      checked = errors.length > 0 ? errors : document;
    } catch (error) {
      checked = [error as GraphQLError];
    }
    if ('length' in checked) contract.deviate(`GraphQL: ${checked.map(({ message }) => message).join('; ')}`);
    if (documents.size < 1_000) documents.set(query, checked);
    return checked;
  }

  // A field that the double does not have must not pass for null.
  const fieldResolver: GraphQLFieldResolver<unknown, Request> = (source, given, request, info) => {
    const fields = source as Readonly<Record<string, unknown>>;
    if (!(info.fieldName in fields)) {
      const what = `GraphQL: the double has no ${info.parentType.name}.${info.fieldName}`;
      contract.deviate(what);
      throw new Error(what);
    }
    const value = fields[info.fieldName];
    return typeof value === 'function' ? value(given, request) : value;
  };

  async function handle(request: Request): Promise<Reply> {
    if (request.caller.kind === 'anonymous' || request.caller.kind === 'app')
      throw new Refusal(401, 'This endpoint requires you to be authenticated.');
    const { query, variables } = request.body;
    if (typeof query !== 'string')
      throw new Refusal(400, 'A query attribute must be specified and must be a string.');
    const document = await check(query);
    if ('length' in document)
      return ok({ errors: document.map((error) => ({ ...show(error), extensions: { code: 'invalid' } })) });
    const variableValues: Readonly<Record<string, unknown>> = { ...Object(variables) };
    const cost = costOf(document, variableValues);
    if (cost.nodes > mostNodes) {
      const message = `This query requests up to ${cost.nodes} possible nodes which exceeds the maximum limit of ${mostNodes}.`;
      return ok({ errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] });
    }
    request.room.limits.charge(request.caller, 'graphql', cost.points - 1);
    const result = await execute({
      schema: await githubSchema(),
      document,
      rootValue: root(request, cost),
      contextValue: request,
      variableValues,
      fieldResolver,
    });
    return ok({
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: result.errors.map(show) }),
    });
  }

  return { method: 'POST', path: '/graphql', needs: 'anyone', handle };
}

/** GitHub puts the type of an error beside its message. */
function show({ message, path, locations, extensions }: GraphQLError): Record<string, unknown> {
  return { ...(extensions?.type !== undefined && { type: extensions.type }), path, locations, message };
}
