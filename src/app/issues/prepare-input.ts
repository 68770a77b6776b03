import { type LabelModel, suggestLabels, trainLabels } from '../../classify/index.ts';
import type { Config } from '../../model/config.ts';
import type { CountedReport } from '../../model/counted-report.ts';
import type { Finding } from '../../model/finding.ts';
import { circuitBreakerIn } from '../../repository/circuit-breaker.ts';
import type { ActiveModels } from '../../repository/model-registry.ts';
import { type Surroundings, type TriageInput, triageInput } from '../../triage/triage-input.ts';
import type { JobContext } from '../context.ts';
import { relatedHistories } from '../history/related-access.ts';
import { issueEventOf } from '../jobs.ts';
import { answeredByMaintainer, repliesOf } from './comments.ts';
import { earlierReports } from './earlier-reports.ts';
import type { IssueReading } from './read-issue.ts';

const hour = 3_600_000;

/** The repository's own label, which only somebody with triage rights can set. */
const duplicateLabel = 'duplicate';
/** The key by which the state says that our comment answers that label. */
export const duplicateLabelKey = `label:${duplicateLabel}`;
/** When a person says that it is a duplicate, so sure is sure enough to say of what. */
const thresholdWhenLabelled = 0.5;

/** Gathers what triage needs to know: settings, knowledge, history and models of the repository, and the issue's own past. */
export async function prepareInput(
  context: JobContext,
  reading: IssueReading,
  {
    asked = false,
    reportCount,
  }: { readonly asked?: boolean; readonly reportCount?: readonly CountedReport[] },
): Promise<TriageInput> {
  const { github, job, row, services } = context;
  const { comments, history, issue, registry, settings, state } = reading;
  const { config, knowledge } = settings;
  const labelled = isLabelled(context, reading);
  const now = services.clock.now();
  const models = await services.models.of(row.repository, registry, knowledge.signatures, history.duplicates);
  const related = await relatedHistories(context, config);
  const linkModel = models.links ?? history.duplicates;
  const labelModel = history.labels ?? untrainedLabels(settings.labels);
  return triageInput(settings, {
    config: labelled ? withLowDuplicateThreshold(config) : config,
    recognise: (report) => withThresholds(knowledge.recognise(report, models.adjustments), models),
    labelled,
    reportCount: reportCount ?? state.reportCount.shown ?? [],
    earlier: (opened, report) => {
      const found = earlierReports(opened, report, history, related, config, linkModel);
      // A person who says that it is a duplicate lowers the threshold again.
      return labelled ? found : withThresholds(found, models);
    },
    suggest: (report) => suggestLabels(report, labelModel, config.labels.at),
    replies: await repliesOf(issue, state, comments),
    state,
    installedAt: row.installedAt,
    paused: row.paused,
    asked,
    foundAt: job.createdAt,
    now,
    github,
    surroundings: () => surroundingsOf(context, reading, now),
  });
}

async function surroundingsOf(
  { github, row, services: { store } }: JobContext,
  { comments, issue }: IssueReading,
  now: number,
): Promise<Surroundings> {
  const [answered, recentComments, breaker] = await Promise.all([
    answeredByMaintainer(issue, comments, github),
    store.commentsSince(row.repository, now - hour),
    circuitBreakerIn(store, row.repository),
  ]);
  return { answered, recentComments, breaker };
}

/** A person has just set the label, or had set it when we answered. */
function isLabelled({ job }: JobContext, { issue, state }: IssueReading): boolean {
  if (!issue.labels.some((label) => label.toLowerCase() === duplicateLabel)) return false;
  const justSet = String(issueEventOf(job).label ?? '').toLowerCase() === duplicateLabel;
  return justSet || state.findingKeys.includes(duplicateLabelKey);
}

function withLowDuplicateThreshold(config: Config): Config {
  const at = Math.min(config.duplicates.at, thresholdWhenLabelled);
  return { ...config, duplicates: { ...config.duplicates, at } };
}

/** Findings with the thresholds that people's verdicts have raised; what is a fact needs none. */
function withThresholds(findings: readonly Finding[], { thresholds }: ActiveModels): readonly Finding[] {
  return findings.map((finding) => {
    const subject = finding.kind === 'duplicate' ? 'duplicate' : `${finding.kind}:${finding.id}`;
    const threshold = finding.from === 'fact' ? undefined : thresholds.get(subject);
    return threshold === undefined ? finding : { ...finding, threshold };
  });
}

const untrainedModels = new WeakMap<readonly string[], LabelModel>();

/** Before a repository's history has taught anything, facts are followed by the names of its labels. */
function untrainedLabels(labels: readonly string[]): LabelModel {
  const model = untrainedModels.get(labels) ?? trainLabels([], { labels });
  untrainedModels.set(labels, model);
  return model;
}
