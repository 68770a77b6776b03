import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

let schema: Promise<GraphQLSchema> | undefined;

/** GitHub's schema, read on first use. */
export function githubSchema(): Promise<GraphQLSchema> {
  schema ??= import('@octokit/graphql-schema').then(({ schema: { idl } }) =>
    buildASTSchema(parse(idl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true }),
  );
  return schema;
}
