export { type DashboardData, dashboardData } from './dashboard/dashboard-data.ts';
export { renderDashboard } from './dashboard/render-dashboard.ts';
export type {
  ActionItem,
  DigestInput,
  DigestOptions,
  KnownFailure,
} from './digest.ts';
export { dueWeeks } from './due-weeks.ts';
export { commonMessage } from './emerging/common-message.ts';
export type { RuleMatcher } from './emerging/common-rules.ts';
export { draftSignature, type NumberedReport, type SignatureDraft } from './emerging/draft-signature.ts';
export {
  addToGroups,
  type FailureGroup,
  type FailureGroups,
  type MeanSimilarity,
  noGroups,
} from './emerging/groups.ts';
export { renderDraft } from './emerging/render-draft.ts';
export { minDrafted } from './emerging-failures.ts';
export { renderCsv, renderJson } from './render-data.ts';
export { digestTitle, renderMarkdown } from './render-markdown.ts';
export { summarise } from './summarise.ts';
export { addWeeks, boundsOf, readWeek, type Week, weekOf } from './week.ts';
