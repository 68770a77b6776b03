import { readMarker } from '../../src/act/index.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { CallRecord } from '../double/records.ts';
import type { Issue } from '../double/state.ts';
import { nameOf } from './play.ts';

/** What a link may lead to, or not, at one moment. */
type Standing = ReadonlyMap<number, boolean>;

/** What is watched along a history. */
export interface Watch {
  readonly mode: 'advise' | 'act';
  /** Ids of issues on which somebody protested, and the work that followed is done. */
  readonly protested: Set<number>;
  /** Calls that were looked at. */
  calls: number;
  /** Issues by their id as they were known last, for those that are gone. */
  readonly known: Map<number, Issue>;
  /** Comment ids to the issue's id. */
  readonly comments: Map<number, number>;
}

/** Open and unlocked: a thread that people may be sent to. */
export function standingOf(issues: readonly Issue[]): Standing {
  return new Map(issues.map((issue) => [issue.id, issue.state === 'open' && !issue.locked]));
}

const said = [
  /\*\*Open thread:\*\* (\S*#\d+)/g,
  /\*\*Probably reported before: (\S*#\d+)\*\*/g,
  /will be closed as a duplicate of (\S*#\d+) on/g,
  /Closed as a duplicate of (\S*#\d+)\*\*/g,
];
/** Links that say themselves that the thread is closed, or that it is one of the reports of this one. */
const history = [
  /The most recent one is (\S*#\d+), closed/g,
  /it was tracked in (\S*#\d+), which is (?:open|closed)/g,
  /mended before: (\S*#\d+) was completed/g,
];

/** What is not as it must be, one line each; empty when all is well. */
export async function violations(
  issues: readonly Issue[],
  calls: readonly CallRecord[],
  standings: readonly Standing[],
  watch: Watch,
  ledger: (repository: string, number: number) => Promise<readonly LedgerEntry[]>,
): Promise<string[]> {
  const fresh = calls.slice(watch.calls);
  const wrong: string[] = [];
  for (const issue of issues) {
    watch.known.set(issue.id, issue);
    for (const { id } of issue.comments) watch.comments.set(id, issue.id);
    const name = `${nameOf(issue)}#${issue.number}`;
    wrong.push(...labelsOf(issue).map((what) => `${name}: ${what}`));
    // What we opened for the maintainers we close ourselves.
    if (issue.app !== null) continue;
    const ours = issue.comments.filter(({ app }) => app !== null);
    if (ours.length > 1) wrong.push(`${name}: ${ours.length} comments of ours`);
    const closed = issue.events.filter(({ kind, app }) => kind === 'closed' && app !== null);
    if (closed.length > 0 && watch.mode === 'advise') wrong.push(`${name}: closed in advise`);
    if (issue.state === 'closed' && issue.closedBy?.login === 'signpost[bot]' && issue.duplicateOf !== null) {
      const { duplicateOf: of } = issue;
      if (of.duplicateOf === issue && of.closedBy?.login === 'signpost[bot]')
        wrong.push(`${name}: closed onto #${of.number}, and that onto this`);
    }
  }
  for (const call of fresh)
    wrong.push(...closesOf(call, watch, standings), ...linksOf(call, issues, watch, standings));
  wrong.push(...(await unexplained(issues, calls, watch, ledger)));
  watch.calls = calls.length;
  return wrong;
}

/** Labels of people stay; what people took away does not come back. */
function labelsOf({ events }: Issue): string[] {
  const wrong: string[] = [];
  const setter = new Map<string, boolean>();
  const refused = new Set<string>();
  for (const { app, actor, kind, label } of events) {
    if (label === undefined) continue;
    const ours = app !== null;
    if (kind === 'unlabeled') {
      if (ours && setter.get(label.name) !== true) wrong.push(`took away ${label.name}, which is not ours`);
      if (!ours && actor.type === 'User' && setter.get(label.name) === true) refused.add(label.name);
    } else if (kind === 'labeled') {
      if (ours && refused.has(label.name)) wrong.push(`set ${label.name} again, which a person took away`);
      setter.set(label.name, ours);
      if (!ours) refused.delete(label.name);
    }
  }
  return [...new Set(wrong)];
}

function idOf({ path }: CallRecord, issues: Iterable<Issue>): Issue | undefined {
  const [, name = '', number] = /\/repos\/([^/]+\/[^/]+)\/issues\/(\d+)/.exec(path) ?? [];
  return [...issues].find((issue) => issue.number === Number(number) && nameOf(issue) === name);
}

function closesOf(call: CallRecord, watch: Watch, standings: readonly Standing[]): string[] {
  const body = Object(call.body);
  if (call.method !== 'PATCH' || body.state !== 'closed' || call.status >= 300) return [];
  if (body.state_reason !== 'duplicate') return [];
  const issue = idOf(call, watch.known.values());
  if (issue === undefined) return [];
  const wrong: string[] = [];
  if (watch.protested.has(issue.id)) wrong.push(`#${issue.number}: closed after a protest`);
  const target = watch.known.get(body.duplicate_issue_id);
  if (target === undefined) wrong.push(`#${issue.number}: closed without a target`);
  else if (target.createdAt >= issue.createdAt || !standings.some((one) => one.get(target.id) === true))
    wrong.push(`#${issue.number}: closed onto #${target.number}, which is not open, older and unlocked`);
  return wrong;
}

function linksOf(
  { body, method, path, status }: CallRecord,
  issues: readonly Issue[],
  { comments, known, mode }: Watch,
  standings: readonly Standing[],
): string[] {
  const text = String(Object(body).body ?? '');
  const comment = Number(/\/comments\/(\d+)$/.exec(path)?.[1] ?? 0);
  if (status >= 300 || readMarker(text) === null) return [];
  const at =
    method === 'POST'
      ? idOf({ method, path, status, body } as CallRecord, known.values())
      : known.get(comments.get(comment) ?? 0);
  if (at === undefined) return [];
  const plain = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '').replace(/<details>[\s\S]*?<\/details>/g, '');
  const wrong: string[] = [];
  if (mode === 'advise' && /will be closed/.test(plain))
    wrong.push(`#${at.number}: a close announced in advise`);
  const allowed = new Set<string>();
  for (const pattern of said)
    for (const [, link = ''] of plain.matchAll(pattern)) {
      allowed.add(link);
      const target = named(link, at, [...issues, ...known.values()]);
      const fine =
        target !== undefined &&
        seconds(target.createdAt) <= seconds(at.createdAt) &&
        standings.some((one) => one.get(target.id) === true);
      if (!fine) wrong.push(`#${at.number}: says ${link}, which is not open, older and unlocked`);
    }
  for (const pattern of history) for (const [, link = ''] of plain.matchAll(pattern)) allowed.add(link);
  for (const [link] of plain.matchAll(/(?:[\w.-]+\/[\w.-]+)?#\d+/g))
    if (!allowed.has(link)) wrong.push(`#${at.number}: links ${link} in words that this test does not know`);
  return wrong;
}

/** GitHub's times are whole seconds. */
function seconds(at: number): number {
  return Math.floor(at / 1_000);
}

function named(link: string, from: Issue, issues: readonly Issue[]): Issue | undefined {
  const [name = '', number] = link.split('#');
  const repository = name === '' ? nameOf(from) : name;
  return issues.find((issue) => issue.number === Number(number) && nameOf(issue) === repository);
}

/** Calls that changed something and that no entry of the issue's ledger has, with a reason. */
async function unexplained(
  issues: readonly Issue[],
  calls: readonly CallRecord[],
  { comments, calls: seen }: Watch,
  ledger: (repository: string, number: number) => Promise<readonly LedgerEntry[]>,
): Promise<string[]> {
  const wrong: string[] = [];
  const changing = (call: CallRecord): boolean =>
    call.method !== 'GET' && call.route !== null && !/graphql|access_tokens/.test(call.route);
  const numbered = (call: CallRecord): number | undefined =>
    comments.get(Number(/\/comments\/(\d+)/.exec(call.path)?.[1] ?? 0)) ?? idOf(call, issues)?.id;
  const touched = new Set(calls.slice(seen).filter(changing).map(numbered));
  for (const issue of issues) {
    // A transferred issue's past is told where it was, and erased there.
    if (!touched.has(issue.id) || issue.events.some(({ kind }) => kind === 'transferred')) continue;
    const own = calls.filter((call) => changing(call) && numbered(call) === issue.id);
    const entries = await ledger(nameOf(issue), issue.number);
    const seen = entries.flatMap((entry) => entry.calls.map(({ route }) => route));
    for (const { method, route, status } of own) {
      const index = seen.indexOf(`${method} ${route}`);
      if (index === -1 && status !== 404)
        wrong.push(`#${issue.number}: ${method} ${route} (${status}) is not in the ledger`);
      else if (index !== -1) seen.splice(index, 1);
    }
    const silent = entries.some(
      ({ calls: made, plan }) => made.length > 0 && plan.actions.every(({ because }) => because === ''),
    );
    if (silent) wrong.push(`#${issue.number}: a call without a reason`);
  }
  return wrong;
}
