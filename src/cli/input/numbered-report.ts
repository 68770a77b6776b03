import { z } from 'zod';
import type { Report } from '../../model/report.ts';
import { readReport } from '../../report/index.ts';

/** An issue as files for measuring hold it. */
export const numberedIssueShape = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullish(),
});

export function numberedReport({ number, title, body }: z.output<typeof numberedIssueShape>): {
  readonly number: number;
  readonly report: Report;
} {
  return { number, report: readReport({ title, body: body ?? null }) };
}
