import { z } from 'zod';
import type { Comment } from '../../model/issue.ts';
import type { GitHub } from '../../ports/github.ts';
import { type Answer, call, callOrNull, pages, readAs, type Wire } from './call.ts';
import { commentsSince, issuesSince } from './changes.ts';
import { commentFeedback } from './comment-feedback.ts';
import { history } from './history.ts';
import { pull, reportCheck } from './pulls.ts';
import { commentShape, eventShape, issueShape } from './shapes.ts';
import { threads } from './threads.ts';

const names = z.array(z.object({ name: z.string() }));
const fileShape = z.object({ type: z.literal('file'), content: z.string(), encoding: z.literal('base64') });
const folderShape = z.array(z.object({ name: z.string(), type: z.string() }));
const roleShape = z.object({ permission: z.string(), role_name: z.string().optional() });

const changing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/** The port over REST and GraphQL. Every call goes through `wire.gate`; nothing is retried here. */
export function createGitHub(wire: Wire): GitHub {
  return {
    async issue(repository, number) {
      const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
      const answer = await callOrNull(wire, route, { ...at(repository), issue_number: number });
      if (answer === null) return null;
      const issue = readAs(issueShape, answer.data, route)(repository, wire.clock.now());
      // A transferred issue answers from its new place: here it is gone.
      return issue.repository.toLowerCase() === repository.toLowerCase() ? issue : null;
    },
    async comments(repository, number) {
      const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
      return (await pages(wire, route, { ...at(repository), issue_number: number })).map((raw) =>
        readAs(commentShape, raw, route),
      );
    },
    async comment(repository, id) {
      const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
      return asComment(await callOrNull(wire, route, { ...at(repository), comment_id: id }), route);
    },
    async labelEvents(repository, number) {
      const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/events';
      const raw = await pages(wire, route, { ...at(repository), issue_number: number });
      return raw.map((one) => readAs(eventShape, one, route)).filter((event) => event !== null);
    },
    threads: (issues) => threads(wire, issues),
    pull: (repository, number) => pull(wire, at(repository), number),
    reportCheck: (repository, run) => reportCheck(wire, at(repository), run),
    commentFeedback: (comments) => commentFeedback(wire, comments),
    history: (repository, after) => history(wire, repository, after),
    async issuesBy(repository, login) {
      const route = 'GET /repos/{owner}/{repo}/issues';
      const query = { ...at(repository), creator: login, state: 'all', per_page: 100 };
      const raw = readAs(z.array(issueShape), (await call(wire, route, query)).data, route);
      return raw.map((shape) => shape(repository, wire.clock.now())).filter((issue) => !issue.pullRequest);
    },
    issuesSince: (repository, since) => issuesSince(wire, repository, since),
    commentsSince: (repository, since) => commentsSince(wire, repository, since),
    async labels(repository) {
      const route = 'GET /repos/{owner}/{repo}/labels';
      return readAs(names, await pages(wire, route, at(repository)), route).map(({ name }) => name);
    },
    async file(repository, path, commit) {
      const route = 'GET /repos/{owner}/{repo}/contents/{path}';
      const answer = await callOrNull(wire, route, {
        ...at(repository),
        path,
        ...(commit === undefined ? {} : { ref: commit }),
      });
      const file = fileShape.safeParse(answer?.data);
      return file.success ? Buffer.from(file.data.content, 'base64').toString('utf8') : null;
    },
    async folder(repository, path) {
      const route = 'GET /repos/{owner}/{repo}/contents/{path}';
      const answer = await callOrNull(wire, route, { ...at(repository), path });
      const folder = folderShape.safeParse(answer?.data);
      return folder.success ? folder.data.filter(({ type }) => type === 'file').map(({ name }) => name) : [];
    },
    async role(repository, login) {
      const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
      const answer = await callOrNull(wire, route, { ...at(repository), username: login });
      if (answer === null) return { name: 'none', permission: 'none' };
      const { permission, role_name } = readAs(roleShape, answer.data, route);
      return { name: role_name ?? permission, permission };
    },
    async createIssue(repository, title, body) {
      const route = 'POST /repos/{owner}/{repo}/issues';
      const { data } = await call(wire, route, { ...at(repository), title, body });
      return readAs(issueShape, data, route)(repository, wire.clock.now());
    },
    async completeIssue(repository, number) {
      const change = { state: 'closed', state_reason: 'completed' };
      await callOrNull(wire, changing, { ...at(repository), issue_number: number, ...change });
    },
    async createComment(repository, number, body) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      const { data } = await call(wire, route, { ...at(repository), issue_number: number, body });
      return readAs(commentShape, data, route);
    },
    async editComment(repository, id, body) {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      return asComment(await callOrNull(wire, route, { ...at(repository), comment_id: id, body }), route);
    },
    async addLabels(repository, number, labels) {
      await call(wire, 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
        ...at(repository),
        issue_number: number,
        labels,
      });
    },
    async removeLabel(repository, number, label) {
      const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}';
      await callOrNull(wire, route, { ...at(repository), issue_number: number, name: label });
    },
    async closeAsDuplicate(repository, number, target) {
      const change = { state: 'closed', state_reason: 'duplicate', duplicate_issue_id: target };
      await call(wire, changing, { ...at(repository), issue_number: number, ...change });
    },
    async reopen(repository, number) {
      await call(wire, changing, { ...at(repository), issue_number: number, state: 'open' });
    },
    async react(repository, comment, content) {
      const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
      await callOrNull(wire, route, { ...at(repository), comment_id: comment, content });
    },
  };
}

function at(repository: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

function asComment(answer: Answer | null, route: string): Comment | null {
  return answer === null ? null : readAs(commentShape, answer.data, route);
}
