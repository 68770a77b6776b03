import { z } from 'zod';
import type { IssueState } from '../../model/issue-state.ts';

// An unknown key is as little understood as a wrong value, so objects are strict.

export const issueRefShape = z.strictObject({ repository: z.string(), number: z.int() });

export const commentShape = z.strictObject({
  id: z.int(),
  at: z.number(),
  node: z.string().exactOptional(),
});

export const verdictShape = z.strictObject({
  finding: z.string(),
  kind: z.enum(['confirmed', 'refused', 'contradicted']),
  at: z.number(),
  by: z.enum(['maintainer', 'reporter', 'other']).exactOptional(),
  who: z.string().exactOptional(),
  ruling: z.enum(['confirmed', 'contradicted']).exactOptional(),
  signal: z.enum(['reaction', 'reply', 'doubt', 'label', 'mark', 'reopen', 'command']).exactOptional(),
});

export const announcedCloseShape = z.strictObject({
  announcedAt: z.number(),
  at: z.number(),
  of: issueRefShape,
});

export const doneCloseShape = z.strictObject({ at: z.number(), of: issueRefShape });

export const deadEndShape = z.strictObject({
  of: issueRefShape.nullable(),
  why: z.enum(['none', 'circular', 'closed', 'locked', 'younger', 'pull request']),
  open: issueRefShape.nullable(),
});

export const noticeShape = z.enum(['help', 'unknown', 'duplicate', 'signature']);

export const trainingSampleShape = z.strictObject({
  version: z.number(),
  features: z.string(),
  rules: z.array(z.string()),
  wish: z.boolean(),
});

export const countedReportShape = z.strictObject({
  number: z.int(),
  version: z.string().nullable(),
  platform: z.string().nullable(),
});

export const factsShape = z.record(z.string(), z.string());

const keys = z.array(z.string());

/** The state of an issue as it is stored today. */
export const issueStateShape = z.strictObject({
  repository: z.string(),
  number: z.int(),
  author: z.string(),
  createdAt: z.number(),
  status: z.enum(['open', 'closed']),
  closedAt: z.number().nullable(),
  facts: factsShape,
  ignored: z.boolean(),
  comment: commentShape.nullable(),
  findingKeys: keys,
  root: issueRefShape.nullable(),
  ledgerOnly: z.boolean(),
  notice: noticeShape.nullable(),
  deadEnd: deadEndShape.nullable(),
  labels: z.strictObject({ added: keys, refused: keys, restored: keys }),
  feedback: z.strictObject({
    refused: keys,
    asserted: keys,
    verdicts: z.array(verdictShape),
    refusalsChecked: z.int(),
  }),
  close: z.strictObject({
    announced: announcedCloseShape.nullable(),
    done: doneCloseShape.nullable(),
    vetoed: z.boolean(),
  }),
  poll: z.strictObject({ due: z.number().nullable(), scheduledFor: z.number().nullable() }),
  commands: z.strictObject({ done: z.array(z.int()), hinted: keys }),
  reportCount: z.strictObject({
    shown: z.array(countedReportShape).nullable(),
    countedAs: z.string().nullable(),
  }),
  credentialInComment: z.boolean(),
  trainingSample: trainingSampleShape.nullable(),
  transfer: z.strictObject({ hadComment: z.boolean() }).nullable(),
  missingComment: z.strictObject({ intent: z.int(), at: z.number() }).nullable(),
}) satisfies z.ZodType<IssueState>;
