import type { Route } from '../http.ts';
import { page } from '../http.ts';
import { presentEvent, presentTimelineEntry } from '../present/event.ts';
import type { Comment, IssueEvent } from '../state.ts';

const read = { permission: ['issues', 'pull_requests'], level: 'read' } as const;
const one = '/repos/{owner}/{repo}/issues/{issue_number}';

const timeOf = (entry: IssueEvent | Comment): number => ('at' in entry ? entry.at : entry.createdAt);

export const timelineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${one}/timeline`,
    needs: read,
    query: ['per_page', 'page'],
    handle(request) {
      const { world } = request;
      const issue = request.issue();
      const now = world.clock.now();
      const comments = issue.comments.filter(({ visibleAt }) => visibleAt <= now);
      const all = [...issue.events, ...comments].sort((a, b) => timeOf(a) - timeOf(b) || a.id - b.id);
      return page(request, all, (entry) => presentTimelineEntry(world.at, issue, entry));
    },
  },
  {
    method: 'GET',
    path: `${one}/events`,
    needs: read,
    query: ['per_page', 'page'],
    handle(request) {
      const issue = request.issue();
      const events = issue.events.filter(({ kind }) => kind !== 'cross-referenced');
      return page(request, events, (event) => presentEvent(request.world.at, issue, event));
    },
  },
];
