// Formats of keys that secretlint's rules miss.
import { isPlaceholder, isRandom } from './plausibility.ts';
import type { SecretRegion } from './redact.ts';

interface KeyFormat {
  readonly type: string;
  /** Global; the credential is group 1 where there is one. A repeat is bounded. */
  readonly pattern: RegExp;
  /** The shape alone says little: only what looks generated counts. */
  readonly random?: boolean;
}

/** A key begins a word, or follows a character that a URL encodes. */
const wordStart = '(?<![A-Za-z0-9](?<!%[0-9A-F]{2}))';

function keyFormat(type: string, shape: RegExp, random = false): KeyFormat {
  return { type, pattern: new RegExp(wordStart + shape.source, 'g'), random };
}

const keyFormats: readonly KeyFormat[] = [
  keyFormat('anthropic-key', /sk-ant-[\w-]{24,300}/),
  keyFormat('openrouter-key', /sk-or-(?:v\d-)?[\w-]{24,200}/),
  keyFormat('openai-key', /sk-(?!ant-|or-)(?:(?:proj|svcacct|admin|None)-)?[\w-]{20,300}/, true),
  keyFormat('github-token', /(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{40,255})/),
  keyFormat('gitlab-token', /gl(?:pat|dt|rt|ptt|ft|imt|agent|cbt|oas|soat|ffct)-[\w.-]{18,300}/),
  keyFormat('npm-token', /npm_[A-Za-z0-9]{30,60}\b/),
  keyFormat('slack-token', /(?:xox[abceoprs]|xapp)-[\w-]{16,400}/),
  keyFormat('stripe-key', /(?:(?:sk|rk)_(?:live|test)|whsec)_[A-Za-z0-9+/]{16,200}/),
  keyFormat(
    'google-key',
    /(?:AIza[\w-]{33,39}|ya29\.[\w-]{20,1000}|GOCSPX-[\w-]{20,40}|1\/\/0[\w-]{30,200})/,
  ),
  keyFormat('aws-key', /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/),
  { type: 'azure-key', pattern: /\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,100}={0,2})/g },
  { type: 'azure-key', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g },
  { type: 'azure-key', pattern: /[?&;]sig=([A-Za-z0-9%+/]{30,120}(?:=|%3D){0,2})/g, random: true },
  { type: 'aws-key', pattern: /\bX-Amz-(?:Signature|Security-Token)=([\w%+/=]{40,2000})/g },
  keyFormat('jwt', /eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}\.[\w-]{16,4000}/),
  keyFormat('huggingface-token', /hf_[A-Za-z0-9]{30,60}\b/),
  keyFormat('groq-key', /gsk_[A-Za-z0-9]{40,80}\b/),
  keyFormat(
    'api-key',
    /(?:xai-|pplx-|r8_|tvly-|fw_|lin_(?:api|oauth)_|sntrys_|sbp_|dop_v1_|PMAK-|NRAK-|ATATT3|AGE-SECRET-KEY-1|pypi-AgE|rubygems_|figd_|dckr_pat_|hv[sbr]\.|shp(?:at|ca|pa|ss)_|gl(?:sa|c)_|ntn_|secret_|nvapi-|cf(?:ut|at|k)_|dapi|EAAC|ops_eyJ)[\w+/=-]{20,1000}/,
    true,
  ),
  keyFormat('aws-key', /ABSK[A-Za-z0-9+/]{60,200}={0,2}/),
  keyFormat('openai-key', /sess-[A-Za-z0-9]{30,60}\b/),
  keyFormat('api-key', /sb_secret_[\w-]{20,60}/),
  keyFormat('api-key', /(?:key-[0-9a-f]{32}|[0-9a-f]{32}-us\d{1,2})\b/),
  keyFormat('discord-token', /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}/, true),
  keyFormat(
    'private-key',
    /LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURS|BQUklWQVRF|BFQyBQUklWQVRF|BPUEVOU1NIIFBSSVZBVEU)[A-Za-z0-9+/=]{60,12000}/,
  ),
  keyFormat('sendgrid-key', /SG\.[\w-]{16,64}\.[\w-]{16,64}/),
  keyFormat('tailscale-key', /tskey-[a-z]{3,10}-[\w-]{16,80}/),
  {
    type: 'webhook-url',
    pattern: /\bhttps:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/-]{20,200}/gi,
  },
  {
    type: 'webhook-url',
    pattern:
      /\bhttps:\/\/(?:\w{1,10}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,22}\/[\w-]{30,120}/gi,
  },
  { type: 'webhook-url', pattern: /\bhttps:\/\/[\w-]{1,60}\.webhook\.office\.com\/[\w@/.-]{30,400}/gi },
  {
    type: 'webhook-url',
    pattern:
      /\bhttps:\/\/[\w.-]{1,100}\.(?:logic\.azure\.com|api\.powerplatform\.com)(?::443)?\/[\w/.-]{10,200}\?[^\s"'<>)]{0,300}?sig=[\w%-]{20,100}/gi,
  },
  { type: 'webhook-url', pattern: /\bhttps:\/\/outlook\.office(?:365)?\.com\/webhook\/[\w@/.-]{30,400}/gi },
  {
    type: 'webhook-url',
    pattern:
      /\bhttps:\/\/(?:hooks\.zapier\.com\/hooks\/catch\/\d{4,12}\/\w{5,40}|hook\.(?:\w{2,4}\.)?make\.com\/\w{16,60}|maker\.ifttt\.com\/\S{1,100}\/key\/[\w-]{16,60})/gi,
  },
  {
    type: 'webhook-url',
    pattern:
      /\bhttps:\/\/(?:open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/[\w-]{20,60}|oapi\.dingtalk\.com\/robot\/send\?access_token=\w{30,80}|qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[\w-]{20,60}|chat\.googleapis\.com\/v1\/spaces\/[\w/-]{5,60}\/messages\?key=[\w-]{20,60}&token=[\w%-]{20,100})/gi,
  },
  { type: 'telegram-token', pattern: /(?<=bot|[^\w:]|^)\d{8,10}:AA[\w-]{32,34}(?![\w-])/g },
];

/** A secret of AWS: forty characters of base64, which nothing but the id beside it gives away. */
const awsSecret = /(?<![\w+/=-])[A-Za-z0-9+/]{40}(?![\w+/=-])/g;
const awsId = /\bA(?:KIA|SIA)[A-Z2-7]{16}\b/g;
/** Looks for a secret within so many characters of its id, and for so many ids. */
const maxDistance = 300;
const maxIds = 200;

function scanAwsSecrets(text: string): SecretRegion[] {
  const found: SecretRegion[] = [];
  for (const { index } of text.matchAll(awsId).take(maxIds)) {
    const from = Math.max(0, index - maxDistance);
    for (const match of text.slice(from, index + maxDistance).matchAll(awsSecret)) {
      const start = from + match.index;
      if (isRandom(match[0]) && /[A-Z]/.test(match[0]) && /[a-z]/.test(match[0]))
        found.push({ type: 'aws-key', start, end: start + match[0].length });
    }
  }
  return found;
}

/** Finds keys by how they begin, and the secret beside an id of AWS. */
export function scanKeyFormats(text: string): SecretRegion[] {
  const found = scanAwsSecrets(text);
  for (const { type, pattern, random } of keyFormats) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      const start = match.index + match[0].length - value.length;
      const end = start + value.length;
      if (random === true ? !isRandom(value) : isPlaceholder(value)) continue;
      if (value.length < 40 && isShortened(text, end)) continue;
      found.push({ type, start, end });
    }
  }
  return found;
}

/** True where the key goes on in dots or stars. */
export function isShortened(text: string, end: number): boolean {
  return /^(?:\.{2,}|…|\*{3,}|•|\[\.|<(?![/bw]))/.test(text.slice(end, end + 4));
}
