import type { FactKind, Report } from '../model/report.ts';
import type { Evidence } from '../model/text.ts';
import { familyOf } from './families.ts';

/** A fact that brings a label: a chosen operating system is not a guess. */
export interface FactRule {
  /** `platform=macos`, `provider=aws bedrock`, `kind=bug`. */
  readonly fact: string;
  readonly label: string;
  /** How often reports with the fact carry the label, 0 to 1; drawn towards what the label's name promises. */
  readonly precision: number;
}

/** A fact of a report as rules name it. */
export interface StatedFact {
  readonly fact: string;
  readonly from: 'form' | 'fact';
  readonly evidence: readonly Evidence[];
}

type Subject = 'platform' | 'provider' | 'kind';

/** Scopes of label names (`platform:macos`, `O-windows`, `type/bug`) by what they are about. */
const scopes: Readonly<Record<string, Subject>> = {
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

const names: Readonly<Record<string, string>> = {
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

/** What the name of a label promises, worth so many reports. */
const promise = { precision: 0.9, reports: 10 };
/** What a fact is held for beside a label of the same subject: `platform=wsl` beside a label for Linux. */
const doubt = { precision: 0.5, reports: 4 };
const leastPrecision = 0.75;

/** The subject of a label's scope and the name within it; no subject where the scope speaks of something else. */
function readLabel(label: string): { readonly subject: Subject | null; readonly own: string } {
  const folded = label.toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '');
  const [, scope, name] =
    /^([^:/]*)[:/](.*)$/.exec(folded) ?? /^([a-z]{1,2}|platform|type|kind)-(.*)$/.exec(folded) ?? [];
  const own = (name ?? folded).replace(/[-_\s]+/g, ' ').trim();
  const subject =
    scope === undefined ? names[own]?.split('=')[0] : scopes[scope.replace(/[-_\s]+/g, ' ').trim()];
  return {
    subject: subject === 'platform' || subject === 'provider' || subject === 'kind' ? subject : null,
    own,
  };
}

/** Whether the label is named after the fact: `platform:macos` after `platform=macos`. */
function promises(label: string, fact: string): boolean {
  const { subject, own } = readLabel(label);
  if (subject === null) return false;
  if (subject === 'provider') return fact.startsWith('provider=') && fact.slice(9).split(' ').includes(own);
  return names[own] === fact && fact.startsWith(`${subject}=`);
}

/** The facts of a report that labels are named after; what was chosen in a form outranks what was read. */
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
 * Which facts bring which of `labels`, from the names of the labels and from labelled reports. Without reports
 * the names alone decide.
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
  const facts = new Set([...stated.keys(), ...Object.values(names)]);
  return labels.flatMap((label) => {
    const { subject } = readLabel(label);
    return [...facts].flatMap((fact): FactRule[] => {
      if (subject === null || !fact.startsWith(`${subject}=`)) return [];
      const { precision: prior, reports } = promises(label, fact) ? promise : doubt;
      const carried = stated.get(fact) ?? [];
      const hits = carried.filter((set) => set.includes(label)).length;
      const precision = (hits + prior * reports) / (carried.length + reports);
      return precision >= leastPrecision ? [{ fact, label, precision }] : [];
    });
  });
}
