import { visible } from '../access.ts';
import { closeIssue, unmarkDuplicate } from '../deeds/issue.ts';
import type { Request } from '../http.ts';
import { parseNodeId } from '../present/account.ts';
import type { Issue, Repository, StateReason } from '../state.ts';
import { mayTriage, roleOf } from '../world.ts';
import { failure } from './connection.ts';
import type { QueryCost } from './cost.ts';
import { commentNode, issueNodeOf, type Node } from './nodes.ts';
import { repositoryNode } from './repository.ts';

/** Where queries and mutations begin. */
export function root(request: Request, cost: QueryCost): Node {
  const { world, caller, room } = request;
  const seen = (repository: Repository | undefined): repository is Repository =>
    repository !== undefined && visible(caller, repository);

  const issueNamed = (name: string): Issue | null => {
    const issue = world.issues.get(parseNodeId(name)?.id ?? 0);
    return issue && seen(issue.repository) ? issue : null;
  };

  const node = ({ id: name }: { readonly id: string }): Node | null => {
    const parsed = parseNodeId(name);
    if (parsed?.prefix === 'IC') {
      const comment = world.comments.get(parsed.id);
      if (comment && seen(comment.issue.repository)) return commentNode(world, comment);
    }
    const issue = issueNamed(name);
    if (issue) return issueNodeOf(world, issue);
    throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${name}'`);
  };

  const toWrite = (name: string): Issue => {
    const issue = issueNamed(name);
    if (!issue) throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${name}'`);
    const allowed =
      caller.kind === 'installation'
        ? caller.repositories.has(issue.repository) && caller.permissions.issues === 'write'
        : caller.kind === 'person' && mayTriage(roleOf(issue.repository, caller.actor.account));
    if (!allowed) throw failure('FORBIDDEN', 'Resource not accessible by integration');
    return issue;
  };

  return {
    repository({ owner, name }: { readonly owner: string; readonly name: string }) {
      const repository = world.repositories.get(`${owner}/${name}`.toLowerCase());
      if (seen(repository)) return repositoryNode(world, repository);
      throw failure('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
    node,
    nodes({ ids }: { readonly ids: readonly string[] }) {
      if (ids.length > 100)
        throw failure(
          'ARGUMENT_LIMIT',
          `You may not provide more than 100 node ids; you provided ${ids.length}.`,
        );
      // Each by itself: one that is not there leaves null in its place.
      return ids.map(async (id) => node({ id }));
    },
    rateLimit() {
      const { limit, used, remaining, reset } = room.limits.show(caller, 'graphql');
      return {
        cost: cost.points,
        nodeCount: cost.nodes,
        limit,
        used,
        remaining,
        resetAt: new Date(reset * 1_000).toISOString(),
      };
    },
    closeIssue({ input }: { readonly input: CloseInput }) {
      const issue = toWrite(input.issueId);
      const canonical = input.duplicateIssueId == null ? null : issueNamed(input.duplicateIssueId);
      if (input.duplicateIssueId != null && !canonical)
        throw failure(
          'NOT_FOUND',
          `Could not resolve to a node with the global id of '${input.duplicateIssueId}'`,
        );
      closeIssue(world, request.actor(), issue, {
        reason: (input.stateReason?.toLowerCase() ?? 'completed') as StateReason,
        ...(canonical && { duplicateOf: canonical }),
      });
      return { clientMutationId: input.clientMutationId ?? null, issue: issueNodeOf(world, issue) };
    },
    unmarkIssueAsDuplicate({ input }: { readonly input: UnmarkInput }) {
      const issue = toWrite(input.duplicateId);
      const canonical = issueNamed(input.canonicalId);
      if (canonical) unmarkDuplicate(world, request.actor(), issue, canonical);
      return { clientMutationId: input.clientMutationId ?? null, duplicate: issueNodeOf(world, issue) };
    },
  };
}

interface CloseInput {
  readonly issueId: string;
  readonly stateReason?: string | null;
  readonly duplicateIssueId?: string | null;
  readonly clientMutationId?: string | null;
}

interface UnmarkInput {
  readonly canonicalId: string;
  readonly duplicateId: string;
  readonly clientMutationId?: string | null;
}
