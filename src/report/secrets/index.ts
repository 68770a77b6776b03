// Credentials in a report: where they are and of what kind, never what they are.
import type { Secret } from '../../model/report.ts';
import { truncate } from '../layout.ts';
import { scanKeyFormats } from './key-formats.ts';
import { scanPrivateKeys } from './private-keys.ts';
import { redact, type SecretRegion, withoutOverlaps } from './redact.ts';
import { scanByContext } from './scan-context.ts';
import { decodeEscapes, endOfWrapped, unwrap } from './unwrap.ts';

export { redact } from './redact.ts';
export { redactEvidence } from './redact-evidence.ts';

/** Finds the credentials of a report, those of the title first, each list in order and without overlaps. */
export async function findSecrets(input: {
  readonly title: string;
  readonly body: string | null;
}): Promise<readonly Secret[]> {
  const [title, body] = await Promise.all([scan(input.title), scan(input.body ?? '')]);
  return [
    ...title.map((secret): Secret => ({ ...secret, field: 'title' })),
    ...body.map((secret): Secret => ({ ...secret, field: 'body' })),
  ];
}

/** Replaces every credential by `[redacted: type]` and cuts off what is past the limits of a report. */
export async function redactText(text: string): Promise<string> {
  return redact(truncate(text), await scan(text));
}

async function scan(raw: string): Promise<SecretRegion[]> {
  const { text, original } = decodeEscapes(truncate(raw));
  if (text === '') return [];
  const named = scanByContext(text).map((region) => ({ ...region, end: endOfWrapped(text, region) }));
  const found = [...named, ...scanPrivateKeys(text), ...(await scanKeys(text))];
  const joined = unwrap(text);
  if (joined !== null) {
    for (const { type, start, end } of await scanKeys(joined.text))
      found.push({ type, ...joined.original(start, end) });
  }
  return withoutOverlaps(found.map(({ type, start, end }) => ({ type, ...original(start, end) })));
}

/** Finds keys by their format. Loads secretlint at first use: that takes longer than to read a report. */
async function scanKeys(text: string): Promise<SecretRegion[]> {
  const { scanSecretlint } = await import('./secretlint.ts');
  return [...scanKeyFormats(text), ...(await scanSecretlint(text))];
}
