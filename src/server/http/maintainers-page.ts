import { livePage } from '../../app/digests/report-page.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { SettingsCache } from '../../repository/settings.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

export interface MaintainersPagePorts {
  readonly store: Store;
  readonly settings: SettingsCache;
  readonly clock: Clock;
}

/** The maintainers' page at `/`, for this machine only. Others come through a tunnel. */
export async function serveMaintainersPage(
  { local, query }: HttpRequest,
  { clock, settings, store }: MaintainersPagePorts,
): Promise<HttpResponse> {
  if (!local)
    return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'nothing here\n' };
  const rows = await store.repositories();
  const asked = new URLSearchParams(query).get('repository');
  const row =
    rows.find(({ repository }) => repository === asked) ??
    (asked === null && rows.length === 1 ? rows[0] : undefined);
  const known = row && (await settings.known(row.repository));
  const body =
    row && known
      ? await livePage(row.repository, known, store, clock.now())
      : repositoryList(rows.map(({ repository }) => repository));
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

/** Names of repositories hold letters, digits, dots, dashes and underscores only: nothing to escape. */
function repositoryList(repositories: readonly string[]): string {
  const links = repositories
    .filter((name) => /^[\w.-]+\/[\w.-]+$/.test(name))
    .map((name) => `<li><a href="/?repository=${name}">${name}</a></li>`);
  const list =
    links.length > 0 ? `<ul>${links.join('')}</ul>` : '<p>The App is not installed anywhere yet.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Signpost</title></head><body><main><h1>Signpost</h1>${list}</main></body></html>`;
}
