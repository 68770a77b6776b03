import type { FactKind, Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';
import { familyOf } from './families.ts';

/** A rule that a stated fact, such as a chosen operating system, implies a label. */
export interface FactRule {
  /** `platform=macos`, `provider=aws bedrock`, `kind=bug`. */
  readonly fact: string;
  readonly label: string;
  /**
   * The share of reports with the fact that carry the label, smoothed towards a prior from the label's name.
   */
  readonly precision: number;
}

/** A fact of a report, under the name that rules use. */
export interface StatedFact {
  readonly fact: string;
  readonly from: 'form' | 'fact';
  readonly evidence: readonly Evidence[];
}

type Subject = 'platform' | 'provider' | 'kind';

/** The subject of the scopes of label names (`platform:macos`, `O-windows`, `type/bug`). */
const subjectByScope: Readonly<Record<string, Subject>> = {
  platform: 'platform',
  plat: 'platform',
  os: 'platform',
  'operating system': 'platform',
  o: 'platform',
  provider: 'provider',
  api: 'provider',
  type: 'kind',
  kind: 'kind',
  category: 'kind',
  t: 'kind',
  c: 'kind',
};

const factByName: Readonly<Record<string, string>> = {
  mac: 'platform=macos',
  macos: 'platform=macos',
  'mac os': 'platform=macos',
  osx: 'platform=macos',
  'os x': 'platform=macos',
  darwin: 'platform=macos',
  windows: 'platform=windows',
  win: 'platform=windows',
  win32: 'platform=windows',
  linux: 'platform=linux',
  wsl: 'platform=wsl',
  wsl2: 'platform=wsl',
  ios: 'platform=ios',
  android: 'platform=android',
  bsd: 'platform=bsd',
  freebsd: 'platform=bsd',
  bug: 'kind=bug',
  defect: 'kind=bug',
  enhancement: 'kind=feature',
  feature: 'kind=feature',
  'feature request': 'kind=feature',
  documentation: 'kind=documentation',
  docs: 'kind=documentation',
  question: 'kind=question',
};

/** The prior of a fact that the label is named after, and the number of reports that it counts as. */
const namedPrior = { precision: 0.9, reports: 10 };
/** The prior of another fact of the label's subject: `platform=wsl` for a label of Linux. */
const unnamedPrior = { precision: 0.5, reports: 4 };
const minPrecision = 0.75;

/** Splits a label into the subject of its scope, null for an unknown scope, and the name within it. */
function readLabel(label: string): { readonly subject: Subject | null; readonly name: string } {
  const folded = label.toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '');
  const [, scope, rest = folded] =
    /^([^:/]*)[:/](.*)$/.exec(folded) ?? /^([a-z]{1,2}|platform|type|kind)-(.*)$/.exec(folded) ?? [];
  const words = (text: string): string => text.replace(/[-_\s]+/g, ' ').trim();
  const name = words(rest);
  const subject = scope === undefined ? factByName[name]?.split('=')[0] : subjectByScope[words(scope)];
  return {
    subject: subject === 'platform' || subject === 'provider' || subject === 'kind' ? subject : null,
    name,
  };
}

/** Whether the label is named after the fact: `platform:macos` after `platform=macos`. */
function isNamedAfter(label: string, fact: string): boolean {
  const { subject, name } = readLabel(label);
  if (subject === null) return false;
  if (subject === 'provider') return fact.startsWith('provider=') && fact.slice(9).split(' ').includes(name);
  return factByName[name] === fact && fact.startsWith(`${subject}=`);
}

/** The facts of a report that labels are named after; choices in a form replace those read from the text. */
export function factsOf(report: Report): StatedFact[] {
  const stated = new Map<string, StatedFact>([
    [`kind=${report.kind}`, { fact: `kind=${report.kind}`, from: 'fact', evidence: [] }],
  ]);
  for (const kind of ['platform', 'provider'] satisfies FactKind[]) {
    const facts = report.facts.filter((fact) => fact.kind === kind);
    const chosen = facts.filter(({ from }) => from === 'form');
    for (const found of chosen.length > 0 ? chosen : facts) {
      const fact = `${kind}=${familyOf(found)}`;
      const { field, start, end } = found;
      const text = (field === 'title' ? report.title : report.body).slice(start, end);
      const evidence: Evidence = { field: field === 'title' ? 'title' : 'prose', start, end, text };
      if (!stated.has(fact))
        stated.set(fact, { fact, from: found.from === 'form' ? 'form' : 'fact', evidence: [evidence] });
    }
  }
  return [...stated.values()];
}

/**
 * Learns which facts imply which of `labels`, from the labels' names and from labelled reports. Without
 * reports the names alone decide.
 */
export function learnRules(
  examples: readonly { readonly facts: readonly StatedFact[]; readonly labels: readonly string[] }[],
  labels: readonly string[],
): FactRule[] {
  const stated = new Map<string, (readonly string[])[]>();
  for (const example of examples) {
    for (const { fact } of example.facts) {
      const carried = stated.get(fact);
      if (carried === undefined) stated.set(fact, [example.labels]);
      else carried.push(example.labels);
    }
  }
  const facts = new Set([...stated.keys(), ...Object.values(factByName)]);
  return labels.flatMap((label) => {
    const { subject } = readLabel(label);
    return [...facts].flatMap((fact): FactRule[] => {
      if (subject === null || !fact.startsWith(`${subject}=`)) return [];
      const { precision: prior, reports } = isNamedAfter(label, fact) ? namedPrior : unnamedPrior;
      const carried = stated.get(fact) ?? [];
      const hits = carried.filter((set) => set.includes(label)).length;
      const precision = (hits + prior * reports) / (carried.length + reports);
      return precision >= minPrecision ? [{ fact, label, precision }] : [];
    });
  });
}
