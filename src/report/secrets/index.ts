// Credentials in a report: where they are and of what kind, never what they are.
import type { Secret } from '../../model/report.ts';
import { cut } from '../layout.ts';
import { scanNamed } from './named.ts';
import { scanPrivateKeys } from './private-keys.ts';
import { redact, type SecretRegion, withoutOverlaps } from './redact.ts';
import { scanTable } from './table.ts';
import { decodeEscapes, endOfWrapped, unwrap } from './unwrapped.ts';

export { redactEvidence } from './evidence.ts';
export { redact } from './redact.ts';

/** The credentials of a report, those of the title first, each list in order and without overlaps. */
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

/** The text with every credential in it replaced by `[redacted: type]`; what is past the limits of a report is cut off. */
export async function redactText(text: string): Promise<string> {
  return redact(cut(text), await scan(text));
}

async function scan(raw: string): Promise<SecretRegion[]> {
  const { text, original } = decodeEscapes(cut(raw));
  if (text === '') return [];
  const named = scanNamed(text).map((region) => ({ ...region, end: endOfWrapped(text, region) }));
  const found = [...named, ...scanPrivateKeys(text), ...(await scanKeys(text))];
  const joined = unwrap(text);
  if (joined !== null) {
    for (const { type, start, end } of await scanKeys(joined.text))
      found.push({ type, ...joined.original(start, end) });
  }
  return withoutOverlaps(found.map(({ type, start, end }) => ({ type, ...original(start, end) })));
}

/** Loaded when first needed: the rules take longer to load than a report takes to read. */
let rules: Promise<typeof import('./rules.ts')> | undefined;

/** Keys that are known by themselves. */
async function scanKeys(text: string): Promise<SecretRegion[]> {
  rules ??= import('./rules.ts');
  const { scanRules } = await rules;
  return [...scanTable(text), ...(await scanRules(text))];
}
