import { z } from 'zod';
import type { IssueState } from '../../model/issue-state.ts';
import {
  announcedCloseShape,
  commentShape,
  countedReportShape,
  deadEndShape,
  doneCloseShape,
  factsShape,
  issueRefShape,
  noticeShape,
  trainingSampleShape,
  verdictShape,
} from './issue-state-shape.ts';

const keys = z.array(z.string());

/** What was kept beside the declared fields, each by its own name. */
const notesShape = z.strictObject({
  heard: z.array(z.int()).default([]),
  told: keys.default([]),
  credential: z.boolean().default(false),
  sought: z.strictObject({ intent: z.int(), at: z.number() }).nullable().default(null),
  tally: z.array(countedReportShape).nullable().default(null),
  tallied: z.string().nullable().default(null),
  swept: z.number().nullable().default(null),
  restored: keys.default([]),
  spoke: z.boolean().nullable().default(null),
  refusals: z.int().default(0),
});

/** The state of an issue as the first Signpost stored it: without a version number, most fields optional. */
export const version1Shape = z.strictObject({
  repository: z.string(),
  number: z.int(),
  author: z.string(),
  createdAt: z.number(),
  state: z.enum(['open', 'closed', 'gone']),
  closedAt: z.number().nullable(),
  comment: commentShape.nullable(),
  ourLabels: keys,
  refusedLabels: keys,
  refused: keys,
  asserted: keys.default([]),
  verdicts: z.array(verdictShape).default([]),
  heard: trainingSampleShape.nullable().default(null),
  due: z.number().nullable().default(null),
  root: issueRefShape.nullable().default(null),
  ledgerOnly: z.boolean().default(false),
  deadEnd: deadEndShape.nullable().default(null),
  closing: announcedCloseShape.nullable().default(null),
  closed: doneCloseShape.nullable().default(null),
  neverClose: z.boolean().default(false),
  notice: noticeShape.nullable().default(null),
  ignored: z.boolean(),
  found: keys,
  facts: factsShape,
  notes: notesShape,
});

/** The same in today's shape. */
export function fromVersion1(old: z.output<typeof version1Shape>): IssueState {
  const { notes } = old;
  return {
    repository: old.repository,
    number: old.number,
    author: old.author,
    createdAt: old.createdAt,
    status: old.state === 'open' ? 'open' : 'closed',
    closedAt: old.closedAt,
    facts: old.facts,
    ignored: old.ignored,
    comment: old.comment,
    findingKeys: old.found,
    root: old.root,
    ledgerOnly: old.ledgerOnly,
    notice: old.notice,
    deadEnd: old.deadEnd,
    labels: { added: old.ourLabels, refused: old.refusedLabels, restored: notes.restored },
    feedback: {
      refused: old.refused,
      asserted: old.asserted,
      verdicts: old.verdicts,
      refusalsChecked: notes.refusals,
    },
    close: { announced: old.closing, done: old.closed, vetoed: old.neverClose },
    poll: { due: old.due, scheduledFor: notes.swept },
    commands: { done: notes.heard, hinted: notes.told },
    reportCount: { shown: notes.tally, countedAs: notes.tallied },
    credentialInComment: notes.credential,
    trainingSample: old.heard,
    transfer: notes.spoke === null ? null : { hadComment: notes.spoke },
    missingComment: notes.sought,
  };
}
