import { comment, deleteComment, editComment, react } from './deeds/comment.ts';
import * as issues from './deeds/issue.ts';
import { addLabels, removeLabel } from './deeds/label.ts';
import { deleteIssue, transferIssue } from './deeds/move.ts';
import { changed, openPull, pushToPull } from './deeds/pull.ts';
import type { Comment, Issue, Milestone, ReactionContent, StateReason } from './state.ts';
import { account, commit, issueOf, notFound, person, repositoryOf, treeAt, type World } from './world.ts';

/** Names one issue. */
export interface Where {
  /** `owner/name` */
  readonly repository: string;
  readonly number: number;
}

/** What people do on a GitHub; each sends the webhooks that GitHub would. `by` is a login. */
export interface People {
  openIssue(given: {
    readonly repository: string;
    readonly title: string;
    readonly body?: string | null;
    readonly author?: string;
    readonly labels?: readonly string[];
    /** Of the issue; default the repository's next. Later ones follow it. */
    readonly number?: number;
  }): Issue;
  /** A branch with these files written (null: taken away) and a pull request of it onto the default branch. */
  openPullRequest(given: {
    readonly repository: string;
    readonly title: string;
    readonly body?: string | null;
    readonly author?: string;
    readonly branch?: string;
    readonly files?: Readonly<Record<string, string | null>>;
  }): Issue;
  pushToPullRequest(where: Where, files: Readonly<Record<string, string | null>>, by?: string): void;
  editIssue(
    where: Where,
    change: { readonly title?: string; readonly body?: string | null; readonly by?: string },
  ): void;
  comment(where: Where, body: string, by: string): Comment;
  editComment(comment: Comment | number, body: string, by?: string): void;
  deleteComment(comment: Comment | number, by?: string): void;
  /** Reacts to a comment, or to an issue. */
  react(to: Comment | number | Where, content: ReactionContent, by: string): void;
  unreact(to: Comment | number | Where, content: ReactionContent, by: string): void;
  label(where: Where, labels: string | readonly string[], by: string): void;
  unlabel(where: Where, label: string, by: string): void;
  closeIssue(
    where: Where,
    given: { readonly by: string; readonly reason?: StateReason; readonly duplicateOf?: Where },
  ): void;
  reopenIssue(where: Where, by: string): void;
  markDuplicate(where: Where, canonical: Where, by: string): void;
  unmarkDuplicate(where: Where, canonical: Where, by: string): void;
  lock(where: Where, by: string, reason?: string): void;
  unlock(where: Where, by: string): void;
  transfer(where: Where, to: string, by: string): Issue;
  deleteIssue(where: Where, by: string): void;
  assign(where: Where, logins: readonly string[], by: string): void;
  /** Null takes it away. */
  milestone(where: Where, title: string | null, by: string): void;

  /** The issue as it is now. */
  issue(repository: string, number: number): Issue;
}

/** People on this world. */
export function createPeople(world: World): People {
  const at = ({ repository, number }: Where): Issue => issueOf(repositoryOf(world, repository), number);
  const by = (login: string) => person(world, login);
  const written = (given: Comment | number): Comment => {
    const found = typeof given === 'number' ? world.comments.get(given) : given;
    if (!found) throw notFound();
    return found;
  };
  const target = (given: Comment | number | Where) =>
    typeof given === 'object' && 'repository' in given ? at(given) : written(given);

  return {
    openIssue: ({ repository, author = 'reporter', ...given }) =>
      issues.openIssue(world, by(author), repositoryOf(world, repository), given),
    openPullRequest({
      repository: name,
      author = 'contributor',
      branch = `branch-${world.nextId()}`,
      files = {},
      ...given
    }) {
      const repository = repositoryOf(world, name);
      const base = repository.defaultBranch;
      commit(repository, branch, changed(treeAt(repository), files));
      return openPull(world, by(author), repository, { ...given, head: branch, base });
    },
    pushToPullRequest(where, files, login) {
      const issue = at(where);
      pushToPull(world, by(login ?? issue.author.login), issue, files);
    },
    editIssue(where, { by: login, ...change }) {
      const issue = at(where);
      issues.editIssue(world, by(login ?? issue.author.login), issue, change);
    },
    comment: (where, body, login) => comment(world, by(login), at(where), body),
    editComment(given, body, login) {
      const found = written(given);
      editComment(world, by(login ?? found.author.login), found, body);
    },
    deleteComment(given, login) {
      const found = written(given);
      deleteComment(world, by(login ?? found.author.login), found);
    },
    react: (to, content, login) => void react(world, account(world, login), target(to), content),
    unreact(to, content, login) {
      const { reactions } = target(to);
      const index = reactions.findIndex((r) => r.user === account(world, login) && r.content === content);
      if (index >= 0) reactions.splice(index, 1);
    },
    label: (where, labels, login) =>
      addLabels(world, by(login), at(where), typeof labels === 'string' ? [labels] : labels),
    unlabel: (where, label, login) => removeLabel(world, by(login), at(where), label),
    closeIssue: (where, { by: login, reason, duplicateOf }) =>
      issues.closeIssue(world, by(login), at(where), {
        ...(reason && { reason }),
        ...(duplicateOf && { duplicateOf: at(duplicateOf) }),
      }),
    reopenIssue: (where, login) => issues.reopenIssue(world, by(login), at(where)),
    markDuplicate: (where, canonical, login) =>
      issues.markDuplicate(world, by(login), at(where), at(canonical)),
    unmarkDuplicate: (where, canonical, login) =>
      issues.unmarkDuplicate(world, by(login), at(where), at(canonical)),
    lock: (where, login, reason) => issues.lockIssue(world, by(login), at(where), reason),
    unlock: (where, login) => issues.unlockIssue(world, by(login), at(where)),
    transfer: (where, to, login) => transferIssue(world, by(login), at(where), repositoryOf(world, to)),
    deleteIssue: (where, login) => deleteIssue(world, by(login), at(where)),
    assign: (where, logins, login) =>
      issues.assign(
        world,
        by(login),
        at(where),
        logins.map((name) => account(world, name)),
      ),
    milestone: (where, title, login) =>
      issues.setMilestone(
        world,
        by(login),
        at(where),
        title === null ? null : milestone(world, at(where), title, login),
      ),
    issue: (repository, number) => issueOf(repositoryOf(world, repository), number),
  };
}

function milestone(world: World, { repository }: Issue, title: string, login: string): Milestone {
  const known = repository.milestones.find((other) => other.title === title);
  if (known) return known;
  const made: Milestone = {
    id: world.nextId(),
    number: repository.milestones.length + 1,
    title,
    creator: account(world, login),
    createdAt: world.clock.now(),
  };
  repository.milestones.push(made);
  return made;
}
