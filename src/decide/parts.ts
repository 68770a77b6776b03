import type { Finding } from '../model/finding.ts';
import type { AnnouncedClose, IssueState } from '../model/issue-state.ts';
import type { Root } from '../model/root.ts';
import { because } from './because.ts';
import { announcement } from './closing.ts';
import {
  duplicatePart,
  linksTo,
  missingPart,
  nothingEarlierPart,
  regressionPart,
  secretPart,
  signaturePart,
} from './comment.ts';
import { matchedLines } from './lines.ts';
import { noticePart } from './notice.ts';
import { regressionWords } from './regression.ts';
import { findingKey, isThread, linkedReport, primaryFailure, type Situation } from './situation.ts';

/** A part of the comment, why it is there, and the labels that mean nothing without it. */
export interface CommentPart {
  readonly text: string;
  readonly why: string;
  readonly labels: readonly string[];
}

/**
 * The parts of the comment, in order: a posted credential, the known failure, the earlier report, and, only
 * where nothing was recognised, what the report lacks.
 */
export function commentParts(
  situation: Situation,
  publishable: readonly Finding[],
  closing: AnnouncedClose | null,
): readonly CommentPart[] {
  const { issue, state, signatures } = situation;
  const parts: CommentPart[] = [];
  if (publishable.some(({ kind }) => kind === 'secret')) parts.push(credentialPart(situation));

  const failure = primaryFailure(publishable);
  const signature = failure && signatures.get(failure.id);
  if (failure?.kind === 'regression') parts.push(returnedPart(situation, failure));
  else if (failure && signature) {
    const text = signaturePart(issue, signature, lines(situation, failure), rootOf(situation, failure));
    parts.push({ text, why: because(failure), labels: [] });
  }

  const earlier = linkedReport(situation, publishable);
  const open = earlier && rootOf(situation, earlier)?.open;
  if (earlier && open && !parts.some(({ text }) => linksTo(text, open, issue))) {
    const text = duplicatePart(issue, earlier, open, lines(situation, earlier));
    parts.push({ text, why: because(earlier), labels: [situation.config.labels.duplicate] });
  }

  const returned =
    failure || open
      ? undefined
      : publishable.find((finding) => finding.kind === 'regression' && isThread(finding));
  if (returned) parts.push(returnedPart(situation, returned));
  if (!failure && !open && !returned) parts.push(...unrecognisedParts(situation, publishable));
  if (closing !== null)
    parts.push({ text: announcement(closing, issue), why: 'a person confirmed the link', labels: [] });
  return [...parts, ...noticeParts(state)];
}

/** The answer to a command; none without one. */
export function noticeParts(state: IssueState | null): readonly CommentPart[] {
  if (state?.notice == null) return [];
  return [{ text: noticePart(state.notice), why: 'a command asked for it', labels: [] }];
}

function credentialPart({ config }: Situation): CommentPart {
  return {
    text: secretPart(),
    // Names neither kind nor place of the credential, which would help whoever looks for one.
    why: 'a rule for credentials hit',
    labels: config.secrets.label === null ? [] : [config.secrets.label],
  };
}

/** A fixed failure that seems to be back. */
function returnedPart(situation: Situation, finding: Finding): CommentPart {
  const { config, issue, signatures } = situation;
  const words = regressionWords(finding, rootOf(situation, finding), issue);
  return {
    text: regressionPart(issue, signatures.get(finding.id) ?? null, words, lines(situation, finding)),
    why: because(finding),
    labels: [config.labels.regression],
  };
}

/** Where nothing was recognised: the answer to a `duplicate` label, or what the report lacks. */
function unrecognisedParts(
  { asks, config, labelled }: Situation,
  publishable: readonly Finding[],
): readonly CommentPart[] {
  if (labelled === true) {
    const why = 'the duplicate label was set, and no earlier report is known';
    return [{ text: nothingEarlierPart(), why, labels: [] }];
  }
  const missing = publishable.filter(({ kind }) => kind === 'missing');
  if (missing.length === 0 || asks === '') return [];
  const labels = config.missing.label === null ? [] : [config.missing.label];
  return [{ text: missingPart(asks), why: missing.map(because).join('; '), labels }];
}

function rootOf({ roots }: Situation, finding: Finding): Root | null {
  return roots.get(findingKey(finding)) ?? null;
}

function lines({ issue, secrets }: Situation, finding: Finding): readonly string[] {
  return matchedLines(finding.evidence, issue, secrets);
}
