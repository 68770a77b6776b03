import { describe, expect, test } from 'vitest';
import { add, analyse, createIndex, createQuery } from '../../../src/duplicates/index.ts';
import { evidenceFor } from '../../../src/duplicates/ranking/evidence.ts';
import type { Report } from '../../../src/model/report.ts';
import { filing, report } from '../reports.ts';

/** A report whose body is stack frames, one a line: function, space, file. */
function traced(title: string, lines: readonly string[]): Report {
  const body = lines.join('\n');
  let start = 0;
  const frames = lines.map((line) => {
    const [fn = '', file = ''] = line.split(' ');
    const frame = { start, end: start + line.length, fn, file };
    start = frame.end + 1;
    return frame;
  });
  return { ...report(title, body), frames };
}

function evidence(earlier: Report, fresh: Report) {
  const index = createIndex();
  add(index, filing(1, 'Nothing of the kind'));
  add(index, filing(2, '', '', { report: earlier }));
  const { view } = createQuery(index, analyse(filing(3, '', '', { report: fresh })));
  return evidenceFor(index, view, fresh, index.documents[1]!);
}

describe('because', () => {
  test('names the same frame, whatever build it is of', () => {
    const found = evidence(
      traced('A', ['parse::block::h60ee3cb21c325c186Jz src/parse.rs', 'other::thing src/other.rs']),
      traced('B', ['first::of::all src/main.rs', 'parse::block::h0123456789abcdefXyz src/parse.rs']),
    );
    expect(found.map(({ field, text }) => `${field}: ${text}`)).toEqual([
      'errors: parse::block::h0123456789abcdefXyz src/parse.rs',
    ]);
  });

  test('quotes runs of shared title words across a small gap, longest first', () => {
    const found = evidence(
      report('Socket timeout while the window closes'),
      report('Window: odd colour, then a socket has its timeout'),
    );
    expect(found.map(({ text }) => text)).toEqual(['socket has its timeout', 'Window']);
  });

  test('falls back on the rarest shared words of the body, each once', () => {
    const found = evidence(
      report('A', 'the frobnicator stalls'),
      report('B', 'Frobnicator stalls: the frobnicator is late'),
    );
    expect(found.map(({ field, text }) => `${field}: ${text}`).sort()).toEqual([
      'prose: Frobnicator',
      'prose: stalls',
    ]);
  });

  test('says nothing where nothing is shared', () => {
    expect(evidence(report('Socket', 'closes'), report('Window', 'colour'))).toEqual([]);
  });
});
