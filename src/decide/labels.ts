import type { Finding } from '../model/finding.ts';
import type { Action } from '../model/plan.ts';
import { because } from './because.ts';
import type { Part } from './parts.ts';
import { type Situation, spokenFailure } from './situation.ts';

/** Labels that findings ask for and that the repository has; those of ours whose finding is gone come off. */
export function labels(
  { config, issue, state, repositoryLabels, signatures }: Situation,
  said: readonly Finding[],
  explained: readonly Part[],
): Action[] {
  const asked = new Map<string, string>();
  const ask = (label: string, why: string): void => void (asked.has(label) || asked.set(label, why));
  for (const finding of said) {
    const why = because(finding);
    // One failure is spoken of; only its labels are set.
    const signature = spokenFailure(said) === finding ? signatures.get(finding.id) : undefined;
    if (signature) {
      ask(config.labels.signature.replaceAll('{id}', signature.id), why);
      for (const label of signature.labels) if (allowed(label, config.labels.allow)) ask(label, why);
    }
    if (finding.kind === 'label' && allowed(finding.id, config.labels.allow)) ask(finding.id, why);
  }
  for (const { labels: own, why } of explained) for (const label of own) ask(label, why);
  const here = new Set(issue.labels.map(fold));
  const spelling = new Map(repositoryLabels.map((label) => [fold(label), label]));
  const refused = new Set(state?.labels.refused.map(fold) ?? []);
  const wanted = [...asked.keys()]
    .filter((label) => config.labels.create || spelling.has(fold(label)))
    .map((label) => ({ label: spelling.get(fold(label)) ?? label, why: asked.get(label) ?? '' }));
  const add = wanted.filter(({ label }) => !here.has(fold(label)) && !refused.has(fold(label)));
  const keep = new Set(wanted.map(({ label }) => fold(label)));
  const remove = (state?.labels.added ?? []).filter(
    (label) => here.has(fold(label)) && !keep.has(fold(label)),
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

/** GitHub's label names ignore case. */
function fold(label: string): string {
  return label.toLowerCase();
}

/** `area:*` allows all that begins with `area:`. */
function allowed(label: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const star = pattern.indexOf('*');
    if (star === -1) return fold(pattern) === fold(label);
    const [head, tail] = [fold(pattern.slice(0, star)), fold(pattern.slice(star + 1))];
    return (
      label.length >= head.length + tail.length && fold(label).startsWith(head) && fold(label).endsWith(tail)
    );
  });
}
