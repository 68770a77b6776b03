import type { Report } from '../model/report.ts';
import type { Category } from '../model/signature.ts';
import { topicsFor } from './topics.ts';
import { wordsOf } from './words.ts';

export interface CategoryGuess {
  readonly category: Category;
  /** The category's share of all votes, 0 to 1. */
  readonly probability: number;
}

const categoryOf: Readonly<Record<string, Category>> = {
  login: 'account-auth',
  cost: 'quota-rate',
  request: 'model-provider',
  providers: 'model-provider',
  model: 'model-provider',
  instructions: 'model-provider',
  rendering: 'local-runtime',
  scrolling: 'local-runtime',
  keyboard: 'local-runtime',
  clipboard: 'local-runtime',
  terminal: 'local-runtime',
  accessibility: 'local-runtime',
  editor: 'local-runtime',
  editing: 'local-runtime',
  shell: 'local-runtime',
  search: 'local-runtime',
  agents: 'local-runtime',
  extending: 'local-runtime',
  planning: 'local-runtime',
  sessions: 'local-runtime',
  protocol: 'local-runtime',
  speed: 'local-runtime',
  resources: 'local-runtime',
  hanging: 'local-runtime',
  crashing: 'local-runtime',
  destructive: 'local-runtime',
  installing: 'deployment-config',
  updating: 'deployment-config',
  settings: 'deployment-config',
  network: 'deployment-config',
};

/** Phrases of title and error lines that identify a category; each counts as this many words of a title. */
const cues: readonly (readonly [RegExp, Category, number])[] = [
  [
    /\b(?:oauth|needs authentication|authentication_error|invalid (?:api key|credentials)|token (?:has )?expired|please run \/login|unauthorized|bearer)\b/i,
    'account-auth',
    4,
  ],
  [/\b(?:error|status|http|api error:?)\W{1,3}40[13]\b/i, 'account-auth', 3],
  [
    /\b(?:rate_limit_error|usage limit|limit reached|hit your limit|rate limit|quota|insufficient (?:credit|quota|balance))\b/i,
    'quota-rate',
    4,
  ],
  [/\b(?:error|status|http|api error:?)\W{1,3}429\b/i, 'quota-rate', 3],
  [
    /\b(?:overloaded(?:_error)?|invalid_request_error|internal server error|prompt is too long|conversation too long|could not process image|tool_use)\b/i,
    'model-provider',
    4,
  ],
  [/\b(?:error|status|http|api error:?)\W{1,3}(?:400|5\d\d)\b/i, 'model-provider', 3],
  [
    /\b(?:heap out of memory|segmentation fault|sigsegv|sigkill|sigabrt|maximum call stack|timed out after|connection closed|flicker\w*|garbled)\b/i,
    'local-runtime',
    3,
  ],
  [
    /\b(?:eacces|eperm|enotempty|command not found|auto-?update\w*|npm (?:install|prefix|err)|requires git-bash|not recognized as an internal|self[- ]signed|unable to get (?:local )?issuer)\b/i,
    'deployment-config',
    4,
  ],
];

/** Words read of the body. */
const maxWords = 400;
const titleWeight = 3;
/** Votes for no category before anything is read. */
const priorVotes = 2;
const minShare = 0.4;

/**
 * Guesses what a failure is about from the topics of its words and the codes of its messages. Null for an
 * issue that reports no failure, and where no category has at least 40 % of the votes.
 */
export function categorise(report: Report): CategoryGuess | null {
  if (report.kind !== 'bug' && report.kind !== 'other') return null;
  const votes = new Map<Category, number>();
  const vote = (category: Category | undefined, weight: number): void => {
    if (category !== undefined) votes.set(category, (votes.get(category) ?? 0) + weight);
  };
  const seen = new Set<string>();
  const readWords = (text: string, start: number, end: number, weight: number, limit: number): number => {
    const words = wordsOf(text, start, end, limit);
    words.forEach(({ stem }, at) => {
      for (const stems of [stem, `${words[at - 1]?.stem} ${stem}`]) {
        // Repetition adds no evidence.
        if (seen.has(stems)) continue;
        for (const topic of topicsFor(stems)) vote(categoryOf[topic], weight);
        seen.add(stems);
      }
    });
    return words.length;
  };
  readWords(report.title, 0, report.title.length, titleWeight, maxWords);
  let remaining = maxWords;
  for (const { start, end } of report.prose) {
    if (remaining <= 0) break;
    remaining -= readWords(report.body, start, end, 1, remaining);
  }
  const lines = report.errors.map(({ start, end }) => report.body.slice(start, end));
  const errorText = [report.title, ...lines].join('\n');
  for (const [pattern, category, weight] of cues)
    if (pattern.test(errorText)) vote(category, weight * titleWeight);
  const sum = [...votes.values()].reduce((total, count) => total + count, priorVotes);
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  if (best === undefined || best[1] / sum < minShare) return null;
  return { category: best[0], probability: best[1] / sum };
}
