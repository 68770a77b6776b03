import { z } from 'zod';
import type { GitHub } from '../../ports/github.ts';
import { type Client, call, callOrNull, ownerRepo, paginate } from './call.ts';
import { eventShape } from './shapes.ts';

const labelsShape = z.array(z.object({ name: z.string() }));

const listRoute = 'GET /repos/{owner}/{repo}/labels';
const eventsRoute = 'GET /repos/{owner}/{repo}/issues/{issue_number}/events';
const addRoute = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
const removeRoute = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}';

export function labelCalls(
  client: Client,
): Pick<GitHub, 'labels' | 'labelEvents' | 'addLabels' | 'removeLabel'> {
  return {
    async labels(repository) {
      const labels = await paginate(client, listRoute, ownerRepo(repository), labelsShape);
      return labels.map(({ name }) => name);
    },
    async labelEvents(repository, number) {
      const parameters = { ...ownerRepo(repository), issue_number: number };
      const events = await paginate(client, eventsRoute, parameters, z.array(eventShape));
      return events.filter((event) => event !== null);
    },
    async addLabels(repository, number, labels) {
      await call(client, addRoute, { ...ownerRepo(repository), issue_number: number, labels });
    },
    async removeLabel(repository, number, label) {
      await callOrNull(client, removeRoute, { ...ownerRepo(repository), issue_number: number, name: label });
    },
  };
}
