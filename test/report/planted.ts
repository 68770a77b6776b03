// Reports with a credential in each. The credentials are made when the test runs, from a fixed seed, so that
// no scanner of source text finds one here.

let state = 20_251;

function random(alphabet: string, length: number): string {
  let out = '';
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    out += alphabet[(state >>> 8) % alphabet.length];
  }
  return out;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const word = (length: number): string => random(lower + upper + digits, length);
const wordDash = (length: number): string => `${random(`${lower + upper + digits}_-`, length - 1)}Q`;
const hex = (length: number): string => random('0123456789abcdef', length);
const base64 = (length: number): string => random(`${lower + upper + digits}+/`, length);
const lines = (text: string, width: number): string => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');

const claude = (kind = 'api03'): string => `${['sk', 'ant', kind, wordDash(93)].join('-')}AA`;
const openai = (): string => `${['sk', 'proj'].join('-')}-${wordDash(60)}T3BlbkFJ${wordDash(60)}`;
const openaiOld = (): string => `sk-${word(48)}`;
const github = (kind = 'p'): string => `gh${kind}_${word(36)}`;
const githubFine = (): string => `github_${'pat'}_${word(22)}_${word(59)}`;
const gitlab = (): string => `gl${'pat'}-${wordDash(20)}`;
const npm = (): string => `npm_${word(36)}`;
const slack = (): string => `xox${'b'}-${random(digits, 12)}-${random(digits, 13)}-${word(24)}`;
const slackHook = (): string =>
  `https://hooks.${'slack'}.com/services/T${random(upper + digits, 8)}/B${random(upper + digits, 8)}/${word(24)}`;
const discordHook = (): string =>
  `https://${'discord'}.com/api/webhooks/${random(digits, 18)}/${wordDash(68)}`;
const stripe = (kind = 'live'): string => `sk_${kind}_${word(24)}`;
const google = (): string => `AI${'za'}${wordDash(35)}`;
const awsId = (): string => `AK${'IA'}${random('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`;
const awsSecret = (): string => base64(40);
const azureStorage = (): string => `${base64(86)}==`;
const jwt = (): string =>
  `ey${'J'}${base64url({ alg: 'RS256', kid: word(8) })}.ey${'J'}${base64url({ sub: word(12), iat: 1_764_000_000 })}.${wordDash(86)}`;
const pem = (kind: string, size: number): string =>
  `-----BEGIN ${kind}PRIVATE ${'KEY'}-----\n${lines(base64(size), 64)}\n-----END ${kind}PRIVATE ${'KEY'}-----`;
const vercel = (): string => `vc${'p'}_${word(24)}`;
const password = (): string =>
  `${random(upper, 2)}${random(lower, 5)}${random(digits, 3)}!${random(lower, 3)}`;

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url').slice(2);
}

export interface Planted {
  readonly name: string;
  readonly title?: string;
  readonly body: string;
  /** What must not be in the text after redaction. */
  readonly secret: string;
}

function plant(name: string, secret: string, body: (secret: string) => string): Planted {
  return { name, secret, body: body(secret) };
}

function inTitle(name: string, secret: string, title: (secret: string) => string): Planted {
  return { name, secret, title: title(secret), body: 'See the title.' };
}

/** Half of a key and the rest of it. */
const broken = (secret: string, between: string, at = 30): string =>
  secret.slice(0, at) + between + secret.slice(at);

export const planted: readonly Planted[] = [
  plant('an Anthropic key in prose', claude(), (s) => `I set my key to ${s} and still get 401.`),
  plant('an Anthropic key in .env', claude(), (s) => `\`\`\`\nANTHROPIC_API_KEY=${s}\nLOG=1\n\`\`\``),
  plant(
    'an OAuth token in the credentials file',
    claude('oat01'),
    (s) => `{"claudeAiOauth":{"accessToken":"${s}","expiresAt":1764}}`,
  ),
  plant('a refresh token in escaped JSON', claude('ort01'), (s) => `"{\\"refreshToken\\":\\"${s}\\"}"`),
  plant(
    'a session key in a cookie',
    claude('sid01'),
    (s) => `curl 'https://claude.ai/api' -H 'Cookie: sessionKey=${s}; lang=en'`,
  ),
  plant(
    'a primary key in ~/.claude.json',
    claude(),
    (s) => `{\n  "numStartups": 4,\n  "primaryApiKey": "${s}"\n}`,
  ),
  plant(
    'an Anthropic key wrapped by the terminal',
    claude(),
    (s) => `export ANTHROPIC_API_KEY=${broken(s, '\n', 52)}\nclaude`,
  ),
  plant('an Anthropic key wrapped in a quote', claude(), (s) => `> key is ${broken(s, '\n> ', 40)}\n> end`),
  plant(
    'an Anthropic key in alt text',
    claude(),
    (s) => `![screenshot with ${s}](https://github.com/user-attachments/assets/1)`,
  ),
  plant(
    'an Anthropic key in HTML',
    claude(),
    (s) => `<details><summary>env</summary><code>${s}</code></details>`,
  ),
  plant('an OpenAI project key', openai(), (s) => `OPENAI_API_KEY: ${s}`),
  plant('an old OpenAI key in prose', openaiOld(), (s) => `with (${s}) it works`),
  plant(
    'an OpenAI key in Python',
    openaiOld(),
    (s) => `\`\`\`python\nclient = OpenAI(api_key="${s}")\n\`\`\``,
  ),
  plant(
    'a GitHub token in a remote',
    github(),
    (s) => `git remote set-url origin https://${s}@github.com/a/b.git`,
  ),
  plant(
    'a GitHub token behind x-access-token',
    github('s'),
    (s) => `fatal: could not read from https://x-access-token:${s}@github.com/a/b`,
  ),
  plant(
    'a fine-grained GitHub token in JSON',
    githubFine(),
    (s) => `{"env":{"GITHUB_PERSONAL_ACCESS_TOKEN":"${s}"}}`,
  ),
  plant(
    'a GitHub token with Markdown escapes',
    github('o').replace('_', '\\_'),
    (s) => `my token is ${s}, help`,
  ),
  plant('a GitHub token broken over two lines', github(), (s) => `GH_TOKEN=${broken(s, '\n', 20)}\n`),
  plant(
    'a GitLab token in a header',
    gitlab(),
    (s) => `curl --header "PRIVATE-TOKEN: ${s}" https://gitlab.com/api/v4/user`,
  ),
  plant('a GitLab token in a URL', gitlab(), (s) => `git clone https://oauth2:${s}@gitlab.com/a/b.git`),
  plant('an npm token', npm(), (s) => `NPM_TOKEN=${s} npm publish`),
  plant('an npm token in .npmrc', npm(), (s) => `//registry.npmjs.org/:_authToken=${s}`),
  plant(
    'a UUID in .npmrc',
    `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    (s) => `//npm.acme.io/:_authToken=${s}`,
  ),
  plant(
    '_auth in .npmrc',
    `${base64(30)}==`,
    (s) => `registry=https://npm.acme.io\n//npm.acme.io/:_auth=${s}`,
  ),
  plant('a Slack bot token', slack(), (s) => `"SLACK_BOT_TOKEN": "${s}",`),
  plant('a Slack webhook', slackHook(), (s) => `The hook posts to ${s} each time.`),
  plant('a Discord webhook', discordHook(), (s) => `[hook](${s})`),
  plant(
    'a Teams webhook',
    `https://acme.webhook.office.com/webhookb2/${hex(8)}-${hex(4)}-${hex(4)}@${hex(12)}/IncomingWebhook/${hex(32)}/${hex(12)}`,
    (s) => `url: ${s}`,
  ),
  plant('a Stripe live key', stripe(), (s) => `const stripe = new Stripe('${s}');`),
  plant('a Stripe restricted key', `rk_${'live'}_${word(40)}`, (s) => `STRIPE=${s}`),
  plant('a Stripe webhook secret', `wh${'sec'}_${word(32)}`, (s) => `endpoint secret ${s}`),
  plant(
    'a Google key in a URL',
    google(),
    (s) => `https://maps.googleapis.com/maps/api/js?key=${s}&libraries=places`,
  ),
  plant('a Google OAuth token', `ya${'29'}.${wordDash(120)}`, (s) => `Authorization: Bearer ${s}`),
  plant('a Google client secret', `GOC${'SPX'}-${wordDash(28)}`, (s) => `client_secret: ${s}`),
  plant('an AWS access key id', awsId(), (s) => `aws_access_key_id = ${s}`),
  plant(
    'an AWS secret in credentials',
    awsSecret(),
    (s) => `[default]\naws_secret_access_key = ${s}\nregion = eu-west-1`,
  ),
  plant('an AWS secret in a shell', awsSecret(), (s) => `export AWS_SECRET_ACCESS_KEY="${s}"`),
  plant('an AWS session token', base64(300), (s) => `AWS_SESSION_TOKEN=${s}`),
  plant(
    'an Azure storage key',
    azureStorage(),
    (s) => `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${s};EndpointSuffix=core.windows.net`,
  ),
  plant('an Azure OpenAI key', hex(32), (s) => `AZURE_OPENAI_API_KEY=${s}`),
  plant('an Azure client secret', `${word(3)}8Q~${wordDash(34)}`, (s) => `AZURE_CLIENT_SECRET: ${s}`),
  plant(
    'an Azure SAS',
    `${encodeURIComponent(`${base64(43)}=`)}`,
    (s) => `https://acme.blob.core.windows.net/c/f?sv=2024-05-04&se=2026-01-01&sig=${s}`,
  ),
  plant('an RSA private key', pem('RSA ', 800), (s) => `My key:\n\n${s}\n\nDone`),
  plant('a short ed25519 private key', pem('', 64), (s) => `\`\`\`\n${s}\n\`\`\``),
  plant(
    'an OpenSSH key without its end',
    pem('OPENSSH ', 350).split('\n-----END')[0] ?? '',
    (s) => `${s}\n\nthat is all`,
  ),
  plant(
    'a private key in JSON',
    pem('', 700).replaceAll('\n', '\\n'),
    (s) => `{"private_key_id":"${hex(40)}","private_key":"${s}"}`,
  ),
  plant(
    'a bearer token in curl',
    wordDash(40),
    (s) => `curl -H "Authorization: Bearer ${s}" https://api.acme.io/v1`,
  ),
  plant('a JWT in a header', jwt(), (s) => `authorization: Bearer ${s}`),
  plant('a JWT alone', jwt(), (s) => `token ${s} expired`),
  plant('a JWT over wrapped lines', jwt(), (s) => `\`\`\`\n${broken(s, '\n', 70)}\n\`\`\``),
  plant(
    'basic auth in a header',
    Buffer.from(`deploy:${password()}`).toString('base64'),
    (s) => `Authorization: Basic ${s}`,
  ),
  plant('basic auth in curl', `deploy:${password()}`, (s) => `curl -u '${s}' https://api.acme.io`),
  plant('basic auth in a proxy URL', password(), (s) => `HTTPS_PROXY=http://jane:${s}@proxy.acme.io:8080`),
  plant('a PostgreSQL URL', password(), (s) => `DATABASE_URL=postgresql://app:${s}@db.example.com:5432/prod`),
  plant(
    'a MongoDB URL',
    word(16),
    (s) => `mongodb+srv://app:${s}@cluster0.ab1cd.mongodb.net/prod?retryWrites=true`,
  ),
  plant('a Redis URL without a user', word(20), (s) => `redis://:${s}@cache.acme.io:6379/0`),
  plant(
    'a password in an ADO string',
    password(),
    (s) => `Server=tcp:acme.database.windows.net;User ID=app;Password=${s};Encrypt=True`,
  ),
  plant('a password in YAML', password(), (s) => `smtp:\n  username: jane\n  password: ${s}\n`),
  plant('an x-api-key header', hex(40), (s) => `curl -H 'x-api-key: ${s}' https://api.acme.io`),
  plant('a session cookie', word(64), (s) => `Cookie: theme=dark; connect.sid=s%3A${s}`),
  plant('a key in an HTML attribute', word(32), (s) => `<input name="x" data-api-key="${s}">`),
  plant(
    'a Telegram bot token',
    `${random(digits, 10)}:AA${wordDash(33)}`,
    (s) => `https://api.telegram.org/bot${s}/getMe`,
  ),
  plant('a Vercel token, which only the rules of the library know', vercel(), (s) => `deploy with ${s} set`),
  plant(
    'an Anthropic key in the frame of a terminal',
    claude(),
    (s) => `│ ${(s.match(/.{1,40}/g) ?? []).join(' │\n│ ')} │`,
  ),
  plant(
    'an Anthropic key in quoted-printable mail',
    claude(),
    (s) => `ANTHROPIC_API_KEY=3D${(s.match(/.{1,50}/g) ?? []).join('=\r\n')}\r\n`,
  ),
  plant('an Anthropic key of two strings', claude(), (s) => `const key = "${broken(s, '" + "', 40)}";`),
  plant('a GitHub token with joiners in it', github(), (s) => `GH: ${broken(s, '\u200d', 12)} it is`),
  plant('a GitHub token in HTML entities', github().replace('_', '&#95;'), (s) => `<code>${s}</code>`),
  plant('a key in a JSON attribute', word(40), (s) => `data="{&quot;api_key&quot;:&quot;${s}&quot;}"`),
  plant(
    'a bearer token over wrapped lines',
    word(90),
    (s) => `-H "Authorization: Bearer ${broken(s, '\n', 60)}"`,
  ),
  plant(
    'basic auth in curl over several lines',
    `bot:${word(18)}`,
    (s) => `curl https://acme.io \\\n  -u '${s}'`,
  ),
  plant('basic auth in HTTPie', `jane:${word(18)}`, (s) => `http -a ${s} GET https://acme.io`),
  plant('an AWS secret beside its id', awsSecret(), (s) => `id ${awsId()} and secret ${s}`),
  plant(
    'a webhook of a workflow',
    `https://prod-1.westeurope.logic.azure.com:443/workflows/${hex(32)}/triggers/manual/paths/invoke?sv=1.0&sig=${wordDash(43)}`,
    (s) => `POST ${s}`,
  ),
  plant('a session of a dictionary of cookies', word(40), (s) => `cookies = {'session_id': '${s}'}`),
  plant(
    'the second approved key of ~/.claude.json',
    wordDash(20),
    (s) => `"approved":["${wordDash(20)}", "${s}"],"rejected":[]`,
  ),
  plant('a rejected key of ~/.claude.json', wordDash(20), (s) => `"approved": [], "rejected": ["${s}"]`),
  plant('a header of no known name', word(40), (s) => `"headers": {"X-Acme-Auth": "${s}"}`),
  plant('the code of a login', wordDash(48), (s) => `http://localhost:1/callback?code=${s}&state=abc`),
  plant('a password in German', password(), (s) => `Passwort: ${s}`),
  plant('a password in Chinese', password(), (s) => `密码：${s}`),
  plant('a cookie in a recording', word(50), (s) => `{"name":"Cookie","value":"sid=${s}"}`),
  plant('a header in a recording', word(40), (s) => `{"name": "x-api-key", "value": "${s}"}`),
  plant('a token of a container', word(40), (s) => `- name: API_TOKEN\n  value: ${s}`),
  plant('a password of a container', password(), (s) => `- name: DB_PASSWORD\n  value: "${s}"`),
  plant('a token in the place of a user', word(40), (s) => `https://${s}@dev.azure.com/acme/_git/x`),
  plant('the key of a helper', wordDash(40), (s) => `"apiKeyHelper": "echo ${s}"`),
  plant('a password in PowerShell', password(), (s) => `ConvertTo-SecureString "${s}" -AsPlainText`),
  inTitle('a GitHub token in the title', github(), (s) => `Push fails with ${s}`),
];
