import { writeFiles } from '../deeds/repository.ts';
import type { Reply, Request, Route } from '../http.ts';
import { created, ok } from '../http.ts';
import { presentAccount } from '../present/account.ts';
import { presentInstallation } from '../present/app.ts';
import { iso, presentRepository, repositoryUrl } from '../present/repository.ts';
import { fullName } from '../state.ts';
import { blobSha, installationOf, notFound, Refusal, roleOf, treeAt } from '../world.ts';

const metadata = { permission: 'metadata', level: 'read' } as const;

export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    needs: metadata,
    handle: ({ world, repository }) => ok(presentRepository(world.at, repository)),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/installation',
    needs: 'app',
    handle({ world, repository }) {
      const installation = installationOf(world, repository);
      if (!installation) throw notFound();
      return ok(presentInstallation(world.at, world.app, installation));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
    needs: metadata,
    handle({ world, repository, params }) {
      const who = world.accounts.get((params.username ?? '').toLowerCase());
      if (!who) throw notFound();
      const role = roleOf(repository, who);
      const user = { ...presentAccount(world.at, who), permissions: undefined, role_name: role.name };
      return ok({ permission: role.permission, role_name: role.name, user });
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    needs: { permission: 'contents', level: 'read' },
    query: ['ref'],
    handle: contents,
  },
  {
    method: 'PUT',
    path: '/repos/{owner}/{repo}/contents/{path}',
    needs: { permission: 'contents', level: 'write', role: 'write' },
    handle: putFile,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/ref/{ref}',
    needs: { permission: 'contents', level: 'read' },
    handle(request) {
      const { params, repository } = request;
      const name = (params.ref ?? '').replace(/^heads\//, '');
      if (!repository.branches.has(name)) throw notFound();
      return ok(presentRef(request, name));
    },
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/git/refs',
    needs: { permission: 'contents', level: 'write', role: 'write' },
    handle(request) {
      const { repository, body } = request;
      const name = String(body.ref).replace(/^refs\/heads\//, '');
      if (repository.branches.has(name)) throw new Refusal(422, 'Reference already exists');
      if (!repository.trees.has(String(body.sha))) throw new Refusal(422, 'Object does not exist');
      repository.branches.set(name, String(body.sha));
      return created(presentRef(request, name));
    },
  },
];

function presentRef({ world, repository }: Request, name: string): Record<string, unknown> {
  const sha = repository.branches.get(name) ?? '';
  const git = `${repositoryUrl(world.at, repository)}/git`;
  return {
    ref: `refs/heads/${name}`,
    node_id: `REF_${sha}`,
    url: `${git}/refs/heads/${name}`,
    object: { sha, type: 'commit', url: `${git}/commits/${sha}` },
  };
}

/** Writes a file of a branch; 409 for another blob than the one that is there, 422 when none was named. */
function putFile(request: Request): Reply {
  const { world, repository, params, body } = request;
  const branch = String(body.branch ?? repository.defaultBranch);
  const path = params.path ?? '';
  const old = treeAt(repository, branch).get(path);
  if (old !== undefined && body.sha === undefined)
    throw new Refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (body.sha !== undefined && (old === undefined || body.sha !== blobSha(old)))
    throw new Refusal(409, `${path} does not match ${body.sha}`);
  const content = Buffer.from(String(body.content), 'base64').toString();
  const sha = writeFiles(
    world,
    request.actor(),
    repository,
    { [path]: content },
    { branch, message: String(body.message) },
  );
  return {
    status: old === undefined ? 201 : 200,
    body: { content: presentEntry(request, path, 'file', content), commit: presentCommit(request, sha) },
  };
}

function presentCommit({ world, repository, actor, body }: Request, sha: string): Record<string, unknown> {
  const { login } = actor().account;
  const who = { name: login, email: `${login}@users.noreply.github.com`, date: iso(world.clock.now()) };
  const url = `${repositoryUrl(world.at, repository)}/git/commits/${sha}`;
  return {
    sha,
    node_id: `C_${sha}`,
    url,
    html_url: `${world.at.web}/${fullName(repository)}/commit/${sha}`,
    author: who,
    committer: who,
    message: String(body.message),
    tree: { sha, url },
    parents: [],
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

/** A file, or the list of a folder. */
function contents(request: Request): Reply {
  const { repository, params, url } = request;
  const tree = treeAt(repository, url.searchParams.get('ref') ?? undefined);
  const path = (params.path ?? '').replace(/\/$/, '');
  const text = tree.get(path);
  if (text !== undefined) return ok(presentFile(request, path, text));
  const entries = new Map<string, Record<string, unknown>>();
  for (const [file, content] of tree) {
    if (!file.startsWith(`${path}/`)) continue;
    const [name = '', ...below] = file.slice(path.length + 1).split('/');
    const type = below.length === 0 ? 'file' : 'dir';
    entries.set(name, presentEntry(request, `${path}/${name}`, type, type === 'file' ? content : ''));
  }
  if (entries.size === 0) throw notFound();
  return ok([...entries.values()]);
}

function presentEntry(
  { world, repository, url }: Request,
  path: string,
  type: 'file' | 'dir',
  text: string,
): Record<string, unknown> {
  const ref = url.searchParams.get('ref') ?? repository.defaultBranch;
  const api = repositoryUrl(world.at, repository);
  const html = `${world.at.web}/${fullName(repository)}/${type === 'file' ? 'blob' : 'tree'}/${ref}/${path}`;
  const self = `${api}/contents/${path}?ref=${ref}`;
  const sha = blobSha(text);
  const git = `${api}/git/${type === 'file' ? 'blobs' : 'trees'}/${sha}`;
  return {
    name: path.split('/').at(-1),
    path,
    sha,
    size: Buffer.byteLength(text),
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === 'file' ? `${world.at.web}/${fullName(repository)}/raw/${ref}/${path}` : null,
    type,
    _links: { self, git, html },
  };
}

/** A `content-file`. */
export function presentFile(request: Request, path: string, text: string): Record<string, unknown> {
  const content = Buffer.from(text)
    .toString('base64')
    .replace(/.{60}/g, (line) => `${line}\n`);
  return { ...presentEntry(request, path, 'file', text), content, encoding: 'base64' };
}
