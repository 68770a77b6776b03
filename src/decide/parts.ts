import type { Finding } from '../model/finding.ts';
import type { AnnouncedClose, IssueState } from '../model/issue-state.ts';
import { because } from './because.ts';
import { announcement } from './closing.ts';
import {
  duplicatePart,
  linked,
  missingPart,
  nothingEarlierPart,
  regressionPart,
  secretPart,
  signaturePart,
} from './comment.ts';
import { matchedLines } from './lines.ts';
import { noticePart } from './notice.ts';
import { regressionWords } from './regression.ts';
import { findingKey, isThread, linkedReport, type Situation, spokenFailure } from './situation.ts';

/** A part of the one comment, what it rests on, and the labels that mean nothing without it. */
export interface Part {
  readonly text: string;
  readonly why: string;
  readonly labels: readonly string[];
}

/**
 * What the comment says, in order: what is urgent, the known failure, the earlier report, and only where nothing was
 * recognised, what is missing to recognise it.
 */
export function partsOf(
  situation: Situation,
  said: readonly Finding[],
  closing: AnnouncedClose | null,
): readonly Part[] {
  const { config, issue, asks, state, roots, secrets, signatures } = situation;
  const parts: Part[] = [];
  const first = (kind: Finding['kind']): Finding | undefined => said.find((finding) => finding.kind === kind);
  const rootOf = (finding: Finding) => roots.get(findingKey(finding)) ?? null;
  const lines = (finding: Finding): readonly string[] => matchedLines(finding.evidence, issue, secrets);

  if (first('secret'))
    parts.push({
      text: secretPart(),
      // Neither kind nor place: the comment must not be a beacon.
      why: 'a rule for credentials hit',
      labels: config.secrets.label === null ? [] : [config.secrets.label],
    });

  const known = spokenFailure(said);
  const signature = known && signatures.get(known.id);
  const isBack = (finding: Finding): Part => ({
    text: regressionPart(
      issue,
      signature ?? null,
      regressionWords(finding, rootOf(finding), issue),
      lines(finding),
    ),
    why: because(finding),
    labels: [config.labels.regression],
  });
  if (known?.kind === 'regression') parts.push(isBack(known));
  else if (known && signature)
    parts.push({
      text: signaturePart(issue, signature, lines(known), rootOf(known)),
      why: because(known),
      labels: [],
    });

  const earlier = linkedReport(situation, said);
  const open = earlier && rootOf(earlier)?.open;
  if (earlier && open && !parts.some(({ text }) => linked(text, open, issue))) {
    parts.push({
      text: duplicatePart(issue, earlier, open, lines(earlier)),
      why: because(earlier),
      labels: [config.labels.duplicate],
    });
  }

  const back =
    known || open ? undefined : said.find((finding) => finding.kind === 'regression' && isThread(finding));
  if (back) parts.push(isBack(back));

  if (situation.labelled === true && !open && !known && !back) {
    parts.push({
      text: nothingEarlierPart(),
      why: 'the duplicate label was set, and no earlier report is known',
      labels: [],
    });
  }

  const missing = said.filter(({ kind }) => kind === 'missing');
  if (missing.length > 0 && !known && !open && !back && asks !== '' && situation.labelled !== true) {
    parts.push({
      text: missingPart(asks),
      why: missing.map(because).join('; '),
      labels: config.missing.label === null ? [] : [config.missing.label],
    });
  }
  if (closing !== null)
    parts.push({ text: announcement(closing, issue), why: 'a person confirmed the link', labels: [] });
  return [...parts, ...answersTo(state)];
}

/** What a command asked for. */
export function answersTo(state: IssueState | null): readonly Part[] {
  if (state?.notice == null) return [];
  return [{ text: noticePart(state.notice), why: 'a command asked for it', labels: [] }];
}
