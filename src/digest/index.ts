export { renderCsv, renderJson } from './data.ts';
export type {
  DigestInput,
  DigestOptions,
  KnownFailure,
  Waiting,
} from './digest.ts';
export { due } from './due.ts';
export { type Draft, draft, type Member } from './emerging/draft.ts';
export { renderPage as renderDraft } from './emerging/page.ts';
export { type RuleTest, sharedMessage } from './emerging/phrases.ts';
export { type Group, type Groups, type Likeness, noGroups, place, prune } from './emerging/place.ts';
export { leastDrafted } from './emerging-failures.ts';
export { digestTitle, renderMarkdown } from './markdown.ts';
export { type PageData, pageData } from './page/data.ts';
export { renderPage } from './page/render.ts';
export { summarise } from './summarise.ts';
export { addWeeks, boundsOf, readWeek, type Week, weekOf } from './week.ts';
