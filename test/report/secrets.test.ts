import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { findSecrets, redact, redactEvidence, redactText } from '../../src/report/index.ts';
import { planted } from './planted.ts';

/** Runs of a secret's characters: none of eight or more may be left over. */
function pieces(secret: string): string[] {
  const plain = secret.replace(/-----[^-]+-----/g, '').replace(/\\[nr]|&#\d+;/g, '\n');
  return plain.split(/[^\w+/=%!~.-]+/).flatMap((run) => run.match(/.{8}/g) ?? []);
}

describe('planted credentials', () => {
  test('there are sixty or more', () => expect(planted.length).toBeGreaterThanOrEqual(60));

  test.each(planted)('$name', async ({ title = 'It fails', body, secret }) => {
    const secrets = await findSecrets({ title, body });
    const field = body.includes('See the title.') ? 'title' : 'body';
    expect(secrets.length).toBeGreaterThan(0);
    const raw = field === 'title' ? title : body;
    const clean = redact(
      raw,
      secrets.filter((found) => found.field === field),
    );
    expect(clean).toContain('[redacted: ');
    for (const piece of pieces(secret)) expect(clean.includes(piece), clean).toBe(false);
    expect(await redactText(raw)).toBe(clean);
    expect(JSON.stringify(secrets)).not.toContain(secret.slice(0, 8));
  });

  test('a comment of the reporter does not silence the search', async () => {
    const vercel = planted.find(({ name }) => name.includes('Vercel'));
    const body = `<!-- secretlint-disable -->\n${vercel?.body}\n<!-- secretlint-enable -->`;
    expect(await findSecrets({ title: '', body })).toHaveLength(1);
  });
});

describe('what is no credential', () => {
  test.each([
    'ANTHROPIC_API_KEY=sk-ant-...',
    'ANTHROPIC_API_KEY=sk-ant-api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'ANTHROPIC_API_KEY=<YOUR_KEY>',
    'export ANTHROPIC_API_KEY=your-api-key-here',
    'export GITHUB_TOKEN=$GITHUB_TOKEN',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
    '"token": "${GITHUB_TOKEN}"',
    'token: {{ secrets.NPM_TOKEN }}',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'ghp_****************************',
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'postgres://user:password@localhost:5432/db',
    'postgresql://postgres:postgres@127.0.0.1/test',
    'https://user:pass@example.com/',
    'Authorization: Bearer <token>',
    'Authorization: Bearer YOUR_ACCESS_TOKEN_HERE_PLEASE',
    'curl -H "x-api-key: $ANTHROPIC_API_KEY" https://api.anthropic.com',
    'password: string; apiKey: process.env.OPENAI_API_KEY',
    'const token = await getAccessTokenFromKeychain2(session1);',
    '"request_id":"req_011CVXozHBp7k5NqxsYAvi37"',
    'session 6f9619ff-8b86-d011-b42d-00cf4fc964ff, commit fc058191818e4440d36e5ed4ef61bc0a9711be11',
    'max_tokens=4096, tokens: 12345, token count: 200000',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
    'parse::token::h0bb6c51e2d627c67UjI::v0.11.pre',
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'model=claude-opus-4-5-20251101 and npm_config_registry=https://registry.npmjs.org',
    'the password is wrong, the token has expired and the secret is out',
    '- name: API_TOKEN\n  valueFrom:\n    secretKeyRef:\n      name: acme-secret-v2\n      key: api-key-2024',
    '{"name":"x-request-id","value":"4f8c1c5e-3a0e-4f5a-9a5e-2f6a3b1c9d7e"}',
    'https://claude.ai/oauth/authorize?code=true&client_id=9d1c250a-e61b-44d9-88ed-5944d1962f5e&state=abc',
    'https://0123456789abcdef0123456789abcdef@o447951.ingest.us.sentry.io/4507',
    '"approved": ["mcp__filesystem__read_file", "Bash(npm run build)"]',
    'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
    'api_key=&lt;your-key&gt; and a Passwort: vergessen',
    'cookies = {"session_id": None} and "session_id": "4f8c1c5e-3a0e-4f5a-9a5e-2f6a3b1c9d7e"',
    'sk-learn-contrib-something-1-2-3 and task-runner-2024-with-a-long-name',
  ])('%s', async (body) => {
    expect(await findSecrets({ title: body, body })).toEqual([]);
  });

  const data = (name: string) => new URL(`../../../shared/data/${name}.jsonl.gz`, import.meta.url);
  const known = ['claude-code-issues', 'rust-issues'].filter((name) => existsSync(data(name)));
  if (known.length < 2) console.log('skipped: no issues in ../shared/data beside the checkout');
  test.each(known)(
    '%s: at most the one key that its reporter says is real',
    async (name) => {
      const found: string[] = [];
      const lines = gunzipSync(readFileSync(data(name)))
        .toString()
        .trim()
        .split('\n');
      for (const line of lines.filter((_, index) => lines.length < 1000 || index % 10 === 0)) {
        const issue: { number: number; title: string; body: string | null } = JSON.parse(line);
        for (const { type } of await findSecrets(issue)) found.push(`#${issue.number} ${type}`);
      }
      expect(found).toEqual(name === 'claude-code-issues' ? ['#12524 api-key'] : []);
    },
    120_000,
  );
});

describe('redaction', () => {
  test('takes overlapping regions in any order', () => {
    const regions = [
      { type: 'b', start: 6, end: 9 },
      { type: 'a', start: 2, end: 7 },
    ];
    expect(redact('0123456789', regions)).toBe('01[redacted: a]9');
  });

  test('reaches the evidence of findings, positions unchanged', () => {
    const finding: Finding = {
      kind: 'signature',
      id: 'x',
      probability: 1,
      from: 'rule',
      evidence: [
        { field: 'code', start: 10, end: 20, text: 'key=abcdef' },
        { field: 'title', start: 10, end: 20, text: 'something!' },
      ],
    };
    const [clean] = redactEvidence([finding], [{ field: 'body', type: 'api-key', start: 14, end: 30 }]);
    expect(clean?.evidence[0]).toEqual({
      field: 'code',
      start: 10,
      end: 20,
      text: 'key=[redacted: api-key]',
    });
    expect(clean?.evidence[1]).toEqual(finding.evidence[1]);
  });
});

test('any text has regions inside it, in order, without overlaps', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...planted.slice(0, 40).map(({ secret }) => secret)),
    fc.constantFrom(
      '\n',
      ' ',
      '"',
      '\\n',
      '=',
      'password=',
      'token: ',
      '://',
      '@',
      '-----',
      '\ud800',
      '\0',
      '&#45;',
      '\u200b',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const body = pieces.join('');
      let until = 0;
      for (const { start, end } of await findSecrets({ title: '', body })) {
        expect(start).toBeGreaterThanOrEqual(until);
        expect(end).toBeGreaterThan(start);
        until = end;
      }
      expect(until).toBeLessThanOrEqual(body.length);
    }),
    { numRuns: 200 },
  );
});

test('a search keeps nothing in the process: no timings pile up', async () => {
  performance.clearMarks();
  for (let n = 0; n < 20; n += 1) await findSecrets({ title: 'It fails', body: `Report ${n}` });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(performance.getEntriesByType('mark')).toEqual([]);
});
