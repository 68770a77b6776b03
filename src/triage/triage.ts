import { findMissing, formatMissing, requiredItems } from '../classify/index.ts';
import {
  addAsserted,
  decide,
  findingKey,
  flagMentioned,
  flagRegressions,
  linkedRoot,
  publishableFindings,
  type Situation,
} from '../decide/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, IssueRef } from '../model/issue.ts';
import type { Plan } from '../model/plan.ts';
import type { Report, Secret } from '../model/report.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';
import {
  compareVersions,
  findSecrets,
  presentDetails,
  readReport,
  redactEvidence,
  referencesOf,
} from '../report/index.ts';
import { resolveRoots } from './resolve-roots.ts';
import type { TriageInput } from './triage-input.ts';

export interface Triage {
  readonly report: Report;
  /** The credentials in it. */
  readonly secrets: readonly Secret[];
  /** Best first; evidence redacted. */
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  /** By finding, where what would be said of it is tracked. */
  readonly roots: ReadonlyMap<string, Root>;
  /** The open thread that the comment sends the reporter to. */
  readonly root: IssueRef | null;
}

const noBreaker: Situation['breaker'] = { all: null, findings: new Map() };

/** The path of an issue: raw issue → report → match, duplicates, classify → decide. Writes nothing; a dry run is its plan, printed. */
export async function triage(issue: Issue, input: TriageInput): Promise<Triage> {
  const { config, state } = input;
  const report = readReport(issue, input.templates);
  const there = presentDetails(
    input.replies === ''
      ? report
      : readReport({ title: issue.title, body: `${issue.body}\n\n${input.replies}` }, input.templates),
  );
  const missing = findMissing(report, requiredItems(report, config.missing), there);
  const secrets = await findSecrets(issue);
  const found = [
    ...secrets.map(({ type }) => credential(type)),
    ...(state?.credentialInComment === true ? [credential('in-a-comment')] : []),
    ...input.recognise(report),
    ...input.earlier(issue, report),
    ...input.suggest(report),
    ...missing,
  ];
  const known = addAsserted(redactEvidence(found, secrets), state);
  const { findings: judged, roots } = flagRegressions(known, {
    issue,
    version: report.facts.find(({ kind }) => kind === 'version')?.value ?? null,
    signatures: input.signatures,
    roots: await findRoots(issue, publishableFindings(known, config, state), input),
    compareVersions,
  });
  const findings = input.labelled
    ? judged
    : flagMentioned(judged, { state, roots, references: referencesOf(report, issue.repository) });
  const said = publishableFindings(findings, config, state);
  const surroundings = speaks(said, input)
    ? await input.surroundings()
    : { answered: false, recentComments: 0 };
  const plan = decide({
    ...input,
    ...surroundings,
    breaker: surroundings.breaker ?? noBreaker,
    issue,
    findings,
    roots,
    secrets,
    asks: formatMissing(missing, report, input.hints),
  });
  return { report, secrets, findings, plan, roots, root: linkedRoot({ roots }, said) };
}

/** Whether there may be anything to say in words. */
function speaks(said: readonly Finding[], { labelled, reportCount, state }: TriageInput): boolean {
  return (
    labelled || reportCount.length > 0 || said.some(({ kind }) => kind !== 'label') || state?.notice != null
  );
}

/** By finding, where it is tracked. */
async function findRoots(
  issue: Issue,
  said: readonly Finding[],
  { github, signatures }: TriageInput,
): Promise<ReadonlyMap<string, Root>> {
  const queries = said.map((finding) => ({ issue, start: threadsOf(finding, signatures) }));
  const { roots } = await resolveRoots(queries, github);
  return new Map(
    said.flatMap((finding, index): [string, Root][] => {
      const root = roots[index] ?? null;
      return root === null ? [] : [[findingKey(finding), root]];
    }),
  );
}

/** A credential as a finding: its kind, and nothing of its text. */
function credential(type: string): Finding {
  return { kind: 'secret', id: type, probability: 0.99, evidence: [], from: 'rule' };
}

function threadsOf({ kind, id }: Finding, signatures: ReadonlyMap<string, Signature>): readonly IssueRef[] {
  const [repository = '', number = ''] = kind === 'duplicate' ? id.split('#') : [];
  if (number !== '') return [{ repository, number: Number(number) }];
  const signature = kind === 'signature' ? signatures.get(id) : undefined;
  return signature?.threads.map((number) => ({ repository: signature.pack.repository, number })) ?? [];
}
