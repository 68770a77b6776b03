import type { App, Installation } from '../state.ts';
import type { Addresses } from './account.ts';
import { nodeId, presentAccount } from './account.ts';
import { iso, isoOrNull } from './repository.ts';

/** An `integration`. */
export function presentApp(at: Addresses, app: App): Record<string, unknown> {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: presentAccount(at, app.owner),
    name: app.name,
    description: '',
    external_url: `${at.web}/apps/${app.slug}`,
    html_url: `${at.web}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

/** An `installation`. */
export function presentInstallation(
  at: Addresses,
  app: App,
  installation: Installation,
): Record<string, unknown> {
  return {
    id: installation.id,
    client_id: app.clientId,
    account: presentAccount(at, installation.account),
    repository_selection: 'selected',
    access_tokens_url: `${at.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${at.api}/installation/repositories`,
    html_url: `${at.web}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: app.permissions,
    events: app.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: isoOrNull(installation.suspendedAt),
  };
}
