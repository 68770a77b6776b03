import { z } from 'zod';
import type { CheckRun, PullRequest } from '../../ports/github.ts';
import { call, callOrNull, pages, readAs, type Wire } from './call.ts';

const pullShape = z.object({ head: z.object({ sha: z.string() }), state: z.string() });
const fileShape = z.object({ filename: z.string(), status: z.string() });
const runShape = z.object({ id: z.number() });
/** GitHub takes so many annotations a call. */
const annotationsAtOnce = 50;

/** A pull request's head and what it changes; null when it is not there or closed. */
export async function pull(
  wire: Wire,
  at: { owner: string; repo: string },
  number: number,
): Promise<PullRequest | null> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const answer = await callOrNull(wire, route, { ...at, pull_number: number });
  if (answer === null) return null;
  const { head, state } = readAs(pullShape, answer.data, route);
  if (state !== 'open') return null;
  const listing = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
  const files = (await pages(wire, listing, { ...at, pull_number: number })).map((raw) =>
    readAs(fileShape, raw, listing),
  );
  return {
    sha: head.sha,
    files: files.filter(({ status }) => status !== 'removed').map(({ filename }) => filename),
  };
}

/** Makes a finished check run, its annotations fifty a call. */
export async function reportCheck(
  wire: Wire,
  at: { owner: string; repo: string },
  run: CheckRun,
): Promise<void> {
  const { annotations, conclusion, name, sha, summary, title } = run;
  const output = (from: number) => ({
    title,
    summary,
    annotations: annotations.slice(from, from + annotationsAtOnce).map(({ path, line, level, message }) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      message,
    })),
  });
  const route = 'POST /repos/{owner}/{repo}/check-runs';
  const made = await call(wire, route, {
    ...at,
    name,
    head_sha: sha,
    status: 'completed',
    conclusion,
    output: output(0),
  });
  const { id } = readAs(runShape, made.data, route);
  for (let from = annotationsAtOnce; from < annotations.length; from += annotationsAtOnce) {
    await call(wire, 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...at,
      check_run_id: id,
      output: output(from),
    });
  }
}
