// `signpost explain` as a person runs it: files that exist only here, GitHub on the wire.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/cli/commands/explain.ts';
import type { IssueView } from '../../../src/cli/format-issue.ts';
import { repo, setting } from '../../double/client.ts';
import { files } from '../../files.ts';
import { frontMatter, page } from '../../knowledge/pages.ts';

afterEach(() => vi.unstubAllEnvs());

async function explain(target: string, given: Readonly<Record<string, string>> = {}) {
  const { io, out } = files(given);
  const code = await run([target], { json: true }, io);
  return { ...out, code, shown: (): IssueView => JSON.parse(out.stdout) };
}

const known = JSON.stringify({
  title: 'MCP server keeps "needs authentication"',
  body: 'OAuth completes, the browser says authentication successful, and `claude mcp list` still says needs authentication. macOS 15.5',
});

describe('explain a file', () => {
  it('prints one issue of the demo’s shape, labels that were stated among it', async () => {
    const { code, shown, stderr } = await explain('issue.json', { 'issue.json': known });
    expect([code, stderr]).toEqual([0, '']);
    const { actions, comment, findings } = shown();
    expect(findings[0]).toMatchObject({ kind: 'signature', id: 'mcp-oauth-needs-authentication' });
    expect(actions.map(({ kind }) => kind)).toEqual(['comment', 'add-labels']);
    expect(comment).toContain('#46140');
  });

  it('links pages where PAGES_URL says, and one another there', async () => {
    vi.stubEnv('PAGES_URL', 'https://pages.example.org/{pack}/{id}');
    const { shown } = await explain('issue.json', { 'issue.json': known });
    const { comment } = shown();
    expect(comment).toContain('](https://pages.example.org/claude-code/mcp-oauth-needs-authentication)');
    expect(comment).toContain('](https://pages.example.org/claude-code/mcp-oauth-tokens-lost-at-restart)');
    expect(comment).not.toMatch(/\]\([\w-]+\.md\)/);
  });

  it.each([
    ['none.json', 'cannot be read'],
    ['five.json', 'expected object, received number'],
    ['cut.json', 'not JSON'],
  ])('%s is refused with one line', async (path, why) => {
    const files = { 'five.json': '5', 'cut.json': '{"title":"x"' };
    const { code, stderr, stdout } = await explain(path, files);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^signpost: [^\n]*\(expected [^\n]*\)\n$/);
    expect(stderr).toContain(why);
  });

  it('takes a null body', async () => {
    const { code, shown } = await explain('issue.json', { 'issue.json': '{"title":"","body":null}' });
    expect([code, shown().actions]).toEqual([0, []]);
  });
});

describe('explain owner/repo#n', () => {
  it('counts the repository’s own settings, pages, forms and labels, and writes nothing', async () => {
    const { double } = await setting();
    double.addRepository('acme/pumps', {
      labels: ['area:pumps', 'signature:pump'],
      files: {
        '.github/signpost.yml': 'mode: observe\nlabels: { allow: ["area:pumps"] }\n',
        '.github/signatures/pump.md': page(
          frontMatter('pump').replace(/^labels: .*$/m, 'labels: [area:pumps, area:other]'),
        ),
      },
    });
    const { number } = double.openIssue({
      repository: 'acme/pumps',
      title: 'Bad day',
      body: 'the pump exploded',
      author: 'someone',
    });
    vi.stubEnv('GITHUB_API_URL', double.url);
    vi.stubEnv('GITHUB_TOKEN', double.tokenOf('someone'));
    double.resetCalls();
    const { code, shown, stderr } = await explain(`acme/pumps#${number}`);
    expect([code, stderr]).toEqual([0, '']);
    const { actions, findings } = shown();
    expect(findings[0]).toMatchObject({ kind: 'signature', id: 'pump', from: 'rule' });
    expect(actions.find(({ kind }) => kind === 'comment')).toBeDefined();
    expect(actions.find(({ kind }) => kind === 'add-labels')?.labels).toEqual([
      'signature:pump',
      'area:pumps',
    ]);
    expect(Object.keys(double.count()).filter((call) => !/^(GET |POST \/graphql)/.test(call))).toEqual([]);
  });

  it('says what is wrong with the repository’s settings, and goes on', async () => {
    const { double } = await setting();
    double.addRepository('acme/pumps', { labels: [], files: { '.github/signpost.yml': 'mode: loud\n' } });
    const { number } = double.openIssue({
      repository: 'acme/pumps',
      title: 'a',
      body: 'b',
      author: 'someone',
    });
    vi.stubEnv('GITHUB_API_URL', double.url);
    vi.stubEnv('GITHUB_TOKEN', double.tokenOf('someone'));
    const { code, stderr } = await explain(`acme/pumps#${number}`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\.github\/signpost\.yml:1:\d+: /);
  });

  it('that is not there is refused with one line', async () => {
    const { double } = await setting();
    vi.stubEnv('GITHUB_API_URL', double.url);
    const { code, stderr } = await explain(`${repo}#999`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^signpost: acme\/widgets#999 is not there [^\n]*\n$/);
  });
});
