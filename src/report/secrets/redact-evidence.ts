import type { Finding } from '../../model/finding.ts';
import type { Secret } from '../../model/report.ts';
import type { Evidence } from '../../model/text.ts';
import { redact } from './redact.ts';

/**
 * The findings with every credential taken out of the text of their evidence; positions stay those of the raw
 * text. What goes into a comment, a log or the ledger passes through here.
 */
export function redactEvidence(findings: readonly Finding[], secrets: readonly Secret[]): Finding[] {
  if (secrets.length === 0) return [...findings];
  const clean = (evidence: Evidence): Evidence => {
    const { field, start, end, text } = evidence;
    const inside = secrets
      .filter((secret) => (secret.field === 'title') === (field === 'title'))
      .filter((secret) => secret.start < end && secret.end > start)
      .map((secret) => ({
        type: secret.type,
        start: Math.max(secret.start, start) - start,
        end: Math.min(secret.end, end) - start,
      }));
    return inside.length === 0 ? evidence : { ...evidence, text: redact(text, inside) };
  };
  return findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(clean) }));
}
