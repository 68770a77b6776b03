import {
  type ApplyPorts,
  type ApplyResult,
  afterCommentDeleted,
  apply,
  findOwnComment,
  reconcile,
} from '../act/index.ts';
import { findMissing, formatMissing, type Hints, requiredItems } from '../classify/index.ts';
import {
  addAsserted,
  decide,
  findingKey,
  flagMentioned,
  flagRegressions,
  linkedRoot,
  publishableFindings,
  refKey,
  resolveRoot,
  type Situation,
} from '../decide/index.ts';
import type { Config } from '../model/config.ts';
import type { CountedReport } from '../model/counted-report.ts';
import type { Finding } from '../model/finding.ts';
import type { Comment, Issue, IssueRef, Thread } from '../model/issue.ts';
import type { Memory } from '../model/memory.ts';
import type { Plan } from '../model/plan.ts';
import type { Report, Secret } from '../model/report.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';
import type { GitHub } from '../ports/github.ts';
import {
  compareVersions,
  findSecrets,
  readReport,
  redactEvidence,
  referencesOf,
  whatIsThere,
} from '../report/index.ts';

/** What is known around an issue before it is read: settings, knowledge, what we and people did there. */
export interface TriageInput {
  readonly config: Config;
  /** Known failures, best first: rules and learned recogniser. */
  readonly recognise: (report: Report) => readonly Finding[];
  readonly signatures: ReadonlyMap<string, Signature>;
  /** How a reporter of this software gets what is missing. */
  readonly hints: Hints;
  /** Earlier reports of the same problem, best first. */
  readonly earlier: (issue: Issue, report: Report) => readonly Finding[];
  /** A person set the repository's own `duplicate` label: the comment says of what, or that nothing is known. */
  readonly labelled?: boolean;
  /** The reports that were pointed to this issue, where they are counted. */
  readonly reportCount?: readonly CountedReport[] | null;
  /** Labels that a maintainer would have set. */
  readonly suggest: (report: Report) => readonly Finding[];
  /** What the reporter added in comments, where something was asked for; else empty. */
  readonly replies: string;
  /** Raw texts of the repository's issue templates: their words are not the reporter's. */
  readonly templates: readonly string[];
  readonly repositoryLabels: readonly string[];
  readonly memory: Memory | null;
  readonly installedAt: number | null;
  readonly paused: boolean;
  /** A person asked for this look with a command: it does not come too late. */
  readonly asked: boolean;
  /** When the work began to wait: outages and limits since then do not make the issue one that was found late. Default now. */
  readonly foundAt?: number;
  readonly now: number;
  /** Reads threads; null where there is no GitHub to ask (a file on disk). */
  readonly github: Pick<GitHub, 'threads'> | null;
  /** Asked only when there is something to say. */
  readonly surroundings: () => Promise<Surroundings>;
}

export interface Surroundings {
  /** A person with triage rights, who is not the author, has commented. */
  readonly answered: boolean;
  /** Comments that Signpost made in the repository within the last hour. */
  readonly recentComments: number;
  /** Default: none. */
  readonly breaker?: Situation['breaker'];
}

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
  const report = readReport(issue, input.templates);
  const there = whatIsThere(
    input.replies === ''
      ? report
      : readReport({ title: issue.title, body: `${issue.body}\n\n${input.replies}` }, input.templates),
  );
  const missing = findMissing(report, requiredItems(report, input.config.missing), there);
  const secrets = await findSecrets(issue);
  const found = [
    ...secrets.map(({ type }) => credential(type)),
    ...(input.memory?.notes.credential === true ? [credential('in-a-comment')] : []),
    ...input.recognise(report),
    ...input.earlier(issue, report),
    ...input.suggest(report),
    ...missing,
  ];
  const known = addAsserted(redactEvidence(found, secrets), input.memory);
  const { findings: judged, roots } = flagRegressions(known, {
    issue,
    version: report.facts.find(({ kind }) => kind === 'version')?.value ?? null,
    signatures: input.signatures,
    roots: await findRoots(issue, publishableFindings(known, input.config, input.memory), input),
    compareVersions,
  });
  const findings =
    input.labelled === true
      ? judged
      : flagMentioned(judged, {
          memory: input.memory,
          roots,
          references: referencesOf(report, issue.repository),
        });
  const said = publishableFindings(findings, input.config, input.memory);
  const speaks =
    input.labelled === true ||
    (input.reportCount ?? []).length > 0 ||
    said.some(({ kind }) => kind !== 'label') ||
    input.memory?.notice != null;
  const surroundings = speaks ? await input.surroundings() : { answered: false, recentComments: 0 };
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

/** The rest of the path: plan → act → what is remembered. `comments` is read only when there may be one of ours. */
export async function carryOut(
  issue: Issue,
  plan: Plan,
  memory: Memory,
  app: string,
  comments: () => Promise<readonly Comment[]>,
  hands: ApplyPorts,
): Promise<ApplyResult> {
  const speaks = plan.actions.some(({ kind }) => kind === 'comment' || kind === 'retract');
  const { comment: known } = memory;
  // By its id: lists do not have it at once, and a person may have taken our hidden line out of it.
  const ours = !speaks
    ? null
    : known !== null
      ? await hands.github.comment(issue.repository, known.id)
      : issue.comments > 0
        ? findOwnComment(await comments(), app)
        : null;
  // Deleted by a person, and no event told us.
  if (speaks && known !== null && ours === null)
    return { calls: [], memory: afterCommentDeleted(memory), refused: [] };
  const current = { labels: issue.labels, state: issue.state, comment: ours };
  return apply(reconcile(plan, current, app), memory, hands);
}

/** Asks GitHub, a call for each round of links, until every chain ends. */
async function findRoots(
  issue: Issue,
  said: readonly Finding[],
  { github, signatures }: TriageInput,
): Promise<ReadonlyMap<string, Root>> {
  const known = new Map<string, Thread | null>();
  const roots = new Map<string, Root>();
  for (const finding of said) {
    const start = threadsOf(finding, signatures);
    let answer = resolveRoot(issue, start, known);
    while ('need' in answer && github !== null) {
      const threads = await github.threads(answer.need);
      for (const [index, ref] of answer.need.entries()) known.set(refKey(ref), threads[index] ?? null);
      answer = resolveRoot(issue, start, known);
    }
    if ('root' in answer) roots.set(findingKey(finding), answer.root);
  }
  return roots;
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
