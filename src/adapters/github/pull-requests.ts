import { z } from 'zod';
import type { CheckRun, GitHub } from '../../ports/github.ts';
import { type Client, call, callOrNull, ownerRepo, paginate, parseResponse } from './call.ts';

const pullShape = z.object({ head: z.object({ sha: z.string() }), state: z.string() });
const fileShape = z.object({ filename: z.string(), status: z.string() });
const checkRunShape = z.object({ id: z.number() });
/** GitHub takes so many annotations a call. */
const annotationsPerCall = 50;

const pullRoute = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
const filesRoute = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
const createRunRoute = 'POST /repos/{owner}/{repo}/check-runs';
const updateRunRoute = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';

export function pullRequestCalls(client: Client): Pick<GitHub, 'pull' | 'reportCheck'> {
  return {
    async pull(repository, number) {
      const parameters = { ...ownerRepo(repository), pull_number: number };
      const response = await callOrNull(client, pullRoute, parameters);
      if (response === null) return null;
      const { head, state } = parseResponse(pullShape, response.data, pullRoute);
      if (state !== 'open') return null;
      const files = await paginate(client, filesRoute, parameters, z.array(fileShape));
      return {
        sha: head.sha,
        files: files.filter(({ status }) => status !== 'removed').map(({ filename }) => filename),
      };
    },
    /** Makes the run with the first annotations, and adds the others to it. */
    async reportCheck(repository, run) {
      const { annotations, conclusion, name, sha } = run;
      const { data } = await call(client, createRunRoute, {
        ...ownerRepo(repository),
        name,
        head_sha: sha,
        status: 'completed',
        conclusion,
        output: outputOf(run, 0),
      });
      const { id } = parseResponse(checkRunShape, data, createRunRoute);
      for (let from = annotationsPerCall; from < annotations.length; from += annotationsPerCall)
        await call(client, updateRunRoute, {
          ...ownerRepo(repository),
          check_run_id: id,
          output: outputOf(run, from),
        });
    },
  };
}

/** What a run shows, with the annotations of one call. */
function outputOf({ annotations, summary, title }: CheckRun, from: number) {
  const some = annotations.slice(from, from + annotationsPerCall);
  return {
    title,
    summary,
    annotations: some.map(({ path, line, level, message }) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      message,
    })),
  };
}
