import { react } from '../deeds/comment.ts';
import type { Request, Route } from '../http.ts';
import { created, noContent, ok, page } from '../http.ts';
import { presentReaction } from '../present/issue.ts';
import type { Reaction, ReactionContent } from '../state.ts';
import { notFound } from '../world.ts';
import { commentOf } from './comments.ts';

const read = { permission: ['issues', 'pull_requests'], level: 'read' } as const;
const write = { permission: ['issues', 'pull_requests'], level: 'write' } as const;

/** The three calls on whatever carries reactions. */
function reactionsOf(
  path: string,
  find: (request: Request) => { readonly reactions: Reaction[] },
): readonly Route[] {
  return [
    {
      method: 'GET',
      path,
      needs: read,
      query: ['content', 'per_page', 'page'],
      handle(request) {
        const content = request.url.searchParams.get('content');
        const shown = find(request).reactions.filter((one) => content === null || one.content === content);
        return page(request, shown, (reaction) => presentReaction(request.world.at, reaction));
      },
    },
    {
      method: 'POST',
      path,
      needs: write,
      handle(request) {
        const { world, body } = request;
        const content = String(body.content) as ReactionContent;
        const { reaction, created: fresh } = react(world, request.actor().account, find(request), content);
        return (fresh ? created : ok)(presentReaction(world.at, reaction));
      },
    },
    {
      method: 'DELETE',
      path: `${path}/{reaction_id}`,
      needs: write,
      handle(request) {
        const { reactions } = find(request);
        const { account } = request.actor();
        const index = reactions.findIndex(
          ({ id, user }) => id === Number(request.params.reaction_id) && user === account,
        );
        if (index < 0) throw notFound();
        reactions.splice(index, 1);
        return noContent;
      },
    },
  ];
}

export const reactionRoutes: readonly Route[] = [
  ...reactionsOf('/repos/{owner}/{repo}/issues/{issue_number}/reactions', (request) => request.issue()),
  ...reactionsOf('/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', commentOf),
];
