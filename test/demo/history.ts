import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import type { TestClock } from '../clock.ts';
import { planted } from '../digest/planted.ts';
import type { Double } from '../double/double.ts';

const day = 86_400_000;
const weeks = 12;
/** Reports of a failure that no page knows, all in the last days before Signpost came. */
const unknown = 7;
/** Failures that the demo's own people report: their history would change what Signpost says to them. */
const theirs = /^(mcp-|api-529)/;

/** A clock that stands at the beginning of the demo's history; `openHistory` takes it to today. */
export const historyStart = (): number => Date.now() - weeks * 7 * day;

/**
 * Opens what people reported in the twelve weeks before Signpost was installed: samples of the shipped pages, more of them
 * as time goes by, and in the end some reports of a failure that no page knows.
 */
export async function openHistory(double: Double, repository: string, clock: TestClock): Promise<void> {
  const { signatures } = createKnowledgeBase(await readShippedPacks()).knowledge(
    ['claude-code'],
    repository,
    [],
  );
  const known = [...signatures.values()].filter(({ id }) => !theirs.test(id));
  const most = Math.max(...known.map(({ samples }) => samples.matches.length));
  // One of each page in turn, so that the failures are mixed.
  const samples = Array.from({ length: most }, (_, k) => known.map(({ samples }) => samples.matches[k]?.text))
    .flat()
    .filter((text) => text !== undefined);
  const end = weeks * 7 * day;
  let now = 0;
  const until = (at: number): void => {
    clock.advance(Math.max(0, at - now));
    now = Math.max(at, now);
  };
  for (const [position, text] of samples.entries()) {
    // As the square root: twice as many in the last weeks as in the first.
    until(end * Math.sqrt((position + 1) / (samples.length + 1)) - day);
    const [title = '', ...body] = text.split('\n');
    const author = `reporter-${position % 23}`;
    double.openIssue({ repository, title: title.slice(0, 200), body: body.join('\n') || title, author });
  }
  for (const [position, { body, title }] of planted.slice(0, unknown).entries()) {
    until(end - (unknown - position) * 3_600_000);
    double.openIssue({ repository, title, body, author: `newcomer-${position}` });
  }
  until(end);
}
