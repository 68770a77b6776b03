import { Octokit } from '@octokit/rest';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Proposals } from '../../ports/proposals.ts';
import type { Client } from './call.ts';
import { createGitHub } from './github.ts';
import { createProposals } from './proposals.ts';

/**
 * Connects to GitHub as the person whose token it is, or as anybody without one. For commands, not for the
 * App.
 */
export function connectAsPerson(token: string | undefined, githubUrl: string, clock: Clock): GitHub {
  return createGitHub(clientFor(token, githubUrl, clock));
}

/** Pull requests in the name of the person whose token it is. */
export function proposeAsPerson(token: string, githubUrl: string, clock: Clock): Proposals {
  return createProposals(clientFor(token, githubUrl, clock));
}

function clientFor(token: string | undefined, githubUrl: string, clock: Clock): Client {
  const octokit = new Octokit({
    ...(token === undefined ? {} : { auth: token }),
    baseUrl: githubUrl,
    userAgent: 'signpost',
    log: silent,
  });
  return { octokit, clock };
}

/** Octokit's own logger prints requests; `GitHubError` says what matters. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };
