import { z } from 'zod';
import type { Comment } from '../../model/issue.ts';
import type { GitHub } from '../../ports/github.ts';
import {
  type ApiResponse,
  type Client,
  call,
  callOrNull,
  ownerRepo,
  paginate,
  parseResponse,
} from './call.ts';
import { listSince } from './list-since.ts';
import { commentShape } from './shapes.ts';

const ofIssueRoute = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
const ofRepositoryRoute = 'GET /repos/{owner}/{repo}/issues/comments';
const commentRoute = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
const createRoute = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const editRoute = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
const reactRoute = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';

/** A comment says by its issue's address alone where it stands. */
const issueUrlShape = z.object({ issue_url: z.string().regex(/\/issues\/\d+$/) });
const numberedShape = z
  .intersection(commentShape, issueUrlShape)
  .transform(({ issue_url, ...comment }) => ({ ...comment, number: Number(issue_url.split('/').at(-1)) }));

type CommentCalls = Pick<
  GitHub,
  'comments' | 'comment' | 'commentsSince' | 'createComment' | 'editComment' | 'react'
>;

export function commentCalls(client: Client): CommentCalls {
  return {
    async comments(repository, number) {
      const parameters = { ...ownerRepo(repository), issue_number: number };
      return paginate(client, ofIssueRoute, parameters, z.array(commentShape));
    },
    async comment(repository, id) {
      const parameters = { ...ownerRepo(repository), comment_id: id };
      return commentIn(await callOrNull(client, commentRoute, parameters), commentRoute);
    },
    commentsSince: (repository, since) =>
      listSince(client, ofRepositoryRoute, ownerRepo(repository), since, z.array(numberedShape)),
    async createComment(repository, number, body) {
      const parameters = { ...ownerRepo(repository), issue_number: number, body };
      const { data } = await call(client, createRoute, parameters);
      return parseResponse(commentShape, data, createRoute);
    },
    async editComment(repository, id, body) {
      const parameters = { ...ownerRepo(repository), comment_id: id, body };
      return commentIn(await callOrNull(client, editRoute, parameters), editRoute);
    },
    async react(repository, comment, content) {
      await callOrNull(client, reactRoute, { ...ownerRepo(repository), comment_id: comment, content });
    },
  };
}

function commentIn(response: ApiResponse | null, route: string): Comment | null {
  return response === null ? null : parseResponse(commentShape, response.data, route);
}
