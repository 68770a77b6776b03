import type { Account } from '../state.ts';

/** The name of a node as GraphQL and `node_id` have it. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${Buffer.from(id.toString(36).padStart(9, '0')).toString('base64url')}`;
}

/** The database id in a node's name, and its prefix; null for what is not one. */
export function parseNodeId(name: string): { readonly prefix: string; readonly id: number } | null {
  const found = /^([A-Z]+)_kwDO([\w-]+)$/.exec(name);
  if (!found) return null;
  const id = Number.parseInt(Buffer.from(found[2]!, 'base64url').toString(), 36);
  return Number.isSafeInteger(id) ? { prefix: found[1]!, id } : null;
}

const accountPrefix = { User: 'U', Bot: 'BOT', Organization: 'O' } as const;
export const accountNode = (account: Account): string => nodeId(accountPrefix[account.type], account.id);

export interface Addresses {
  readonly api: string;
  readonly web: string;
}

/** A `simple-user`. */
export function presentAccount(at: Addresses, account: Account): Record<string, unknown> {
  const url = `${at.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNode(account),
    avatar_url: `${at.web}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${at.web}/${account.type === 'Bot' ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
