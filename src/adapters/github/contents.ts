import { z } from 'zod';
import type { GitHub } from '../../ports/github.ts';
import { type Client, callOrNull, ownerRepo } from './call.ts';

const fileShape = z.object({ type: z.literal('file'), content: z.string(), encoding: z.literal('base64') });
const folderShape = z.array(z.object({ name: z.string(), type: z.string() }));

/** One route for both: a file is answered with an object, a folder with a list. */
const contentsRoute = 'GET /repos/{owner}/{repo}/contents/{path}';

export function contentCalls(client: Client): Pick<GitHub, 'file' | 'folder'> {
  return {
    async file(repository, path, commit) {
      const ref = commit === undefined ? {} : { ref: commit };
      const response = await callOrNull(client, contentsRoute, { ...ownerRepo(repository), path, ...ref });
      const file = fileShape.safeParse(response?.data);
      return file.success ? Buffer.from(file.data.content, 'base64').toString('utf8') : null;
    },
    async folder(repository, path) {
      const response = await callOrNull(client, contentsRoute, { ...ownerRepo(repository), path });
      const folder = folderShape.safeParse(response?.data);
      return folder.success ? folder.data.filter(({ type }) => type === 'file').map(({ name }) => name) : [];
    },
  };
}
