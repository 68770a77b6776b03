import type { IndexableIssue } from '../../src/duplicates/index.ts';
import type { Report } from '../../src/model/report.ts';

export const day = 86_400_000;

/** A report as plain as can be: the body is prose, lines that begin with `error:` are error lines. */
export function report(title: string, body = ''): Report {
  const errors = [...body.matchAll(/^error: .*$/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    normalised: match[0].toLowerCase(),
  }));
  const prose = body === '' ? [] : [{ start: 0, end: body.length }];
  return {
    title,
    body,
    kind: 'bug',
    sections: [],
    prose,
    code: [],
    errors,
    frames: [],
    facts: [],
    commands: [],
  };
}

/** Issue n, opened on day n by `someone`, open. */
export function filing(
  number: number,
  title: string,
  body = '',
  more: Partial<IndexableIssue> = {},
): IndexableIssue {
  return {
    number,
    author: 'someone',
    createdAt: number * day,
    closedAt: null,
    report: report(title, body),
    ...more,
  };
}
