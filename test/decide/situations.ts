import { defaultConfig } from '../../src/config/index.ts';
import type { Situation } from '../../src/decide/index.ts';
import type { Config } from '../../src/model/config.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Issue, Thread } from '../../src/model/issue.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import type { Root } from '../../src/model/root.ts';
import type { Signature } from '../../src/model/signature.ts';
import { issueStateOf, type SomeState } from '../issue-states.ts';
import { signatureWith } from '../match/signatures.ts';

export const repository = 'acme/tool';
export const now = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;

/** Settings as a file with these lines would give them; `advise` unless said otherwise. */
export function settings(given: Partial<Config> = {}): Config {
  return { ...defaultConfig, mode: 'advise', ...given };
}

export function issue(given: Partial<Issue> = {}): Issue {
  return {
    repository,
    number: 100,
    id: 5100,
    title: 'The pump exploded',
    body: 'All is wet.\nIt went off with a bang.',
    author: { login: 'reporter', bot: false },
    labels: [],
    state: 'open',
    stateReason: null,
    locked: false,
    pullRequest: false,
    assignees: [],
    milestone: null,
    comments: 0,
    thumbsUp: 0,
    createdAt: now - minute,
    updatedAt: now - minute,
    closedAt: null,
    ...given,
  };
}

export function issueState(given: SomeState = {}): IssueState {
  return issueStateOf({ repository, number: 100, createdAt: now - minute, ...given });
}

/** Our comment, as it is remembered. */
export const spoken = { id: 7, at: now - minute };

export function thread(number: number, given: Partial<Thread> = {}): Thread {
  return {
    repository,
    number,
    title: `thread ${number}`,
    url: `https://github.com/${repository}/issues/${number}`,
    pullRequest: false,
    state: 'open',
    stateReason: null,
    locked: false,
    createdAt: 1000,
    closedAt: null,
    duplicateOf: null,
    milestone: null,
    thumbsUp: 0,
    comments: 0,
    ...given,
  };
}

export function root(open: number | null, given: Partial<Root> = {}): Root {
  return { open: open === null ? null : thread(open), past: null, fixed: null, reports: 1, ...given };
}

export const pump: Signature = signatureWith(
  'pump-exploded',
  { all: [{ text: 'pump exploded' }] },
  {
    title: 'The pump [explodes]',
    labels: ['area:pump', 'bug'],
    threads: [3],
    sections: [
      { heading: 'What this error means', markdown: 'Too much pressure, see #3.\n' },
      { heading: 'Why this happens', markdown: 'Not folded.\n' },
      {
        heading: 'Quick fixes',
        markdown:
          'Do this:\n\n1. Close the tap\n   at once.\n2. Open the valve.\n3. Read `#4` and ask @nobody.\n4. Buy another.\n\nThat is all.\n',
      },
      { heading: 'Troubleshooting', markdown: 'Look at the gauge.\n' },
    ],
    pack: { name: 'garden', repository, url: 'https://example.org/{id}.md' },
  },
);

export const known: Finding = {
  kind: 'signature',
  id: pump.id,
  probability: 0.95,
  evidence: [{ field: 'title', start: 4, end: 17, text: 'pump exploded' }],
  from: 'both',
};

export const earlier: Finding = {
  kind: 'duplicate',
  id: `${repository}#42`,
  probability: 0.93,
  evidence: [{ field: 'prose', start: 12, end: 35, text: 'It went off with a bang' }],
  from: 'model',
};

export const lacking: Finding = {
  kind: 'missing',
  id: 'version',
  probability: 0.95,
  evidence: [],
  from: 'fact',
};

export const credential: Finding = {
  kind: 'secret',
  id: 'github-token',
  probability: 0.99,
  evidence: [],
  from: 'rule',
};

export function suggested(id: string, probability = 0.9): Finding {
  return { kind: 'label', id, probability, evidence: [], from: 'model' };
}

export const repositoryLabels = [
  'Bug',
  'area:pump',
  'area:tap',
  'needs-info',
  'possible-duplicate',
  `signature:${pump.id}`,
];

/** A fresh issue in a repository that is advised; nothing stands against speaking. */
export function situation(given: Partial<Situation> = {}): Situation {
  return {
    issue: issue(),
    findings: [],
    config: settings({
      labels: { ...defaultConfig.labels, allow: ['area:*', 'bug'] },
      missing: { ...defaultConfig.missing, label: 'needs-info' },
    }),
    state: null,
    asks: '',
    secrets: [],
    signatures: new Map([[pump.id, pump]]),
    roots: new Map([
      [`signature:${pump.id}`, root(3)],
      [`duplicate:${repository}#42`, root(42)],
    ]),
    repositoryLabels,
    installedAt: now - 86_400_000,
    paused: false,
    answered: false,
    recentComments: 0,
    breaker: { all: null, findings: new Map() },
    asked: false,
    now,
    ...given,
  };
}
