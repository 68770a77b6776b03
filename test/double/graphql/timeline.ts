import { nodeId } from '../present/account.ts';
import { iso } from '../present/repository.ts';
import type { Comment, Issue, IssueEvent } from '../state.ts';
import type { World } from '../world.ts';
import { connection, type Paging } from './connection.ts';
import { accountNodeOf, commentNode, issueNodeOf, labelNode, type Node } from './nodes.ts';
import { repositoryNode } from './repository.ts';

export interface TimelineArguments extends Paging {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

const typeNames: Readonly<Record<IssueEvent['kind'], string>> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  renamed: 'RenamedTitleEvent',
  locked: 'LockedEvent',
  unlocked: 'UnlockedEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  milestoned: 'MilestonedEvent',
  demilestoned: 'DemilestonedEvent',
  transferred: 'TransferredEvent',
  marked_as_duplicate: 'MarkedAsDuplicateEvent',
  unmarked_as_duplicate: 'UnmarkedAsDuplicateEvent',
  'cross-referenced': 'CrossReferencedEvent',
};

/** `MarkedAsDuplicateEvent` as the enumeration `IssueTimelineItemsItemType` has it. */
const itemType = (typeName: string): string => typeName.replace(/(?<!^)([A-Z])/g, '_$1').toUpperCase();

interface Item {
  readonly at: number;
  readonly id: number;
  readonly type: string;
  readonly node: () => Node;
}

/** Events and comments of an issue, oldest first. */
export function timeline(world: World, issue: Issue, given: TimelineArguments): Node {
  const { itemTypes, since, skip: _skip, ...paging } = given;
  const from = Date.parse(since ?? '') || 0;
  const now = world.clock.now();
  const comments = issue.comments.filter(({ visibleAt }) => visibleAt <= now);
  const all: Item[] = [
    ...issue.events.map((event) => eventItem(world, issue, event)),
    ...comments.map((c) => commentItem(world, c)),
  ];
  const chosen = all
    .filter(({ at, type }) => at >= from && (itemTypes == null || itemTypes.includes(itemType(type))))
    .sort((a, b) => a.at - b.at || a.id - b.id);
  const page = connection(
    'timelineItems',
    chosen,
    paging,
    ({ at, id }) => [at, id],
    ({ node }) => node(),
  );
  return { ...page, filteredCount: chosen.length, updatedAt: iso(issue.updatedAt) };
}

function commentItem(world: World, comment: Comment): Item {
  return {
    at: comment.createdAt,
    id: comment.id,
    type: 'IssueComment',
    node: () => commentNode(world, comment),
  };
}

function eventItem(world: World, issue: Issue, event: IssueEvent): Item {
  const type = typeNames[event.kind];
  return { at: event.at, id: event.id, type, node: () => eventNode(world, issue, event, type) };
}

function eventNode(world: World, issue: Issue, event: IssueEvent, type: string): Node {
  const { canonical, source, label, account, milestone, rename, from } = event;
  const here = () => issueNodeOf(world, issue);
  const linked = (other: Issue | undefined) => () =>
    other && world.issues.has(other.id) ? issueNodeOf(world, other) : null;
  const across = (other: Issue | undefined) => ({
    isCrossRepository: other?.repository !== issue.repository,
  });
  return {
    __typename: type,
    id: nodeId('EV', event.id),
    createdAt: iso(event.at),
    actor: () => accountNodeOf(world, event.actor),
    issue: here,
    labelable: here,
    closable: here,
    assignable: here,
    lockable: here,
    subject: here,
    ...(label && { label: () => labelNode(world, issue.repository, label) }),
    ...(account && {
      assignee: () => accountNodeOf(world, account),
      user: () => accountNodeOf(world, account),
    }),
    ...(milestone && { milestoneTitle: milestone.title }),
    ...(rename && { previousTitle: rename.from, currentTitle: rename.to }),
    ...(event.kind === 'locked' && {
      lockReason: event.lockReason?.toUpperCase().replaceAll(/[ -]/g, '_') ?? null,
    }),
    ...((event.kind === 'closed' || event.kind === 'reopened') && {
      stateReason: event.stateReason?.toUpperCase() ?? null,
    }),
    ...(event.kind === 'closed' && { closer: null }),
    ...(from && { fromRepository: () => repositoryNode(world, from) }),
    ...(canonical && { canonical: linked(canonical), duplicate: here, ...across(canonical) }),
    ...(source && {
      source: linked(source),
      target: here,
      willCloseTarget: false,
      referencedAt: iso(event.at),
      ...across(source),
    }),
  };
}
