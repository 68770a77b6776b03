import type { Finding } from '../model/finding.ts';
import type { Action } from '../model/plan.ts';
import { because } from './because.ts';
import type { CommentPart } from './parts.ts';
import { primaryFailure, type Situation } from './situation.ts';

/** Adds labels of findings that the repository has, and removes ours whose finding no longer holds. */
export function labels(
  { config, issue, state, repositoryLabels, signatures }: Situation,
  publishable: readonly Finding[],
  explained: readonly CommentPart[],
): Action[] {
  const reasonByLabel = new Map<string, string>();
  const request = (label: string, why: string): void =>
    void (reasonByLabel.has(label) || reasonByLabel.set(label, why));
  for (const finding of publishable) {
    const why = because(finding);
    // The comment names one failure; only its labels are set.
    const signature = primaryFailure(publishable) === finding ? signatures.get(finding.id) : undefined;
    if (signature) {
      request(config.labels.signature.replaceAll('{id}', signature.id), why);
      for (const label of signature.labels) if (isAllowed(label, config.labels.allow)) request(label, why);
    }
    if (finding.kind === 'label' && isAllowed(finding.id, config.labels.allow)) request(finding.id, why);
  }
  for (const { labels: own, why } of explained) for (const label of own) request(label, why);
  const present = new Set(issue.labels.map(foldCase));
  const spelling = new Map(repositoryLabels.map((label) => [foldCase(label), label]));
  const refused = new Set(state?.labels.refused.map(foldCase) ?? []);
  const wanted = [...reasonByLabel.keys()]
    .filter((label) => config.labels.create || spelling.has(foldCase(label)))
    .map((label) => ({ label: spelling.get(foldCase(label)) ?? label, why: reasonByLabel.get(label) ?? '' }));
  const add = wanted.filter(({ label }) => !present.has(foldCase(label)) && !refused.has(foldCase(label)));
  const keep = new Set(wanted.map(({ label }) => foldCase(label)));
  const remove = (state?.labels.added ?? []).filter(
    (label) => present.has(foldCase(label)) && !keep.has(foldCase(label)),
  );
  const why = [...new Set(add.map((one) => one.why))].join('; ');
  return [
    ...(add.length > 0
      ? [{ kind: 'add-labels' as const, labels: add.map(({ label }) => label), because: why }]
      : []),
    ...(remove.length > 0
      ? [
          {
            kind: 'remove-labels' as const,
            labels: remove,
            because: 'Signpost added them for a finding that no longer holds',
          },
        ]
      : []),
  ];
}

/** GitHub ignores case in label names. */
function foldCase(label: string): string {
  return label.toLowerCase();
}

/** Whether a pattern allows the label: `area:*` allows all that begin with `area:`. */
function isAllowed(label: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const star = pattern.indexOf('*');
    if (star === -1) return foldCase(pattern) === foldCase(label);
    const [head, tail] = [foldCase(pattern.slice(0, star)), foldCase(pattern.slice(star + 1))];
    return (
      label.length >= head.length + tail.length &&
      foldCase(label).startsWith(head) &&
      foldCase(label).endsWith(tail)
    );
  });
}
