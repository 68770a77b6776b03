// The matcher against a loop of native RegExp and a loop of re2js over the same rules, and a hostile report.
import { RE2JS } from 're2js';
import { compile, type Matcher } from '../src/match/index.ts';
import type { Report } from '../src/model/report.ts';
import type { Signature } from '../src/model/signature.ts';
import { readReport } from '../src/report/index.ts';
import { signatureWith } from '../test/match/signatures.ts';

/** Of a hundred signatures so many have a literal in the report. */
const present = 5;

export async function bench(
  print: (line: string) => void,
  note: (figure: string, value: number) => void,
): Promise<void> {
  const report = ordinaryReport();
  const [few, many] = [signatures(12), signatures(1000)];
  const costs = [few, many].map((list) => ({
    list,
    ours: cost(run(compile(list), report)),
    native: cost(
      run(
        loop(list, (source) => new RegExp(source, 'i')),
        report,
      ),
    ),
    re2: cost(
      run(
        loop(list, (source) => RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)),
        report,
      ),
    ),
  }));
  print(`match, report of ${report.body.length} characters (µs)`);
  print('signatures  matcher  RegExp loop  re2js loop');
  for (const { list, ours, native, re2 } of costs) {
    print(`${String(list.length).padStart(10)} ${micros(ours, 8)} ${micros(native, 12)} ${micros(re2, 11)}`);
  }
  const [twelve, thousand] = costs;
  if (twelve !== undefined && thousand !== undefined) {
    note('12 signatures, µs', twelve.ours);
    note('1,000 signatures, µs', thousand.ours);
    note('1,000 beside 12', thousand.ours / twelve.ours);
    note('re2js loop beside the matcher', thousand.re2 / thousand.ours);
    print(`1,000 cost ${(thousand.ours / twelve.ours).toFixed(1)} times what 12 cost (at most 3)`);
    const tried = [12, 1000].map((count) => cost(run(compile(signatures(count, 'was \\w+ on')), report)));
    print(
      `where each present literal makes its pattern run: ${((tried[1] ?? 0) / (tried[0] ?? 1)).toFixed(1)} times`,
    );
    print(`re2js loop costs ${(thousand.re2 / thousand.ours).toFixed(0)} times the matcher (at least 20)`);
  }
  const hostile = hostileReport();
  const matcher = compile(hostile.rules);
  const spent = cost(() => matcher(hostile.report), 5);
  note('hostile report, ms', spent / 1000);
  print(
    `hostile report of ${hostile.report.body.length} characters: ${(spent / 1000).toFixed(0)} ms (under 100)`,
  );
}

/** Each with a pattern and two phrases, as pages have them; one in twenty names a word of the report. */
function signatures(count: number, rest = '(failed|stopped) with code \\d+'): Signature[] {
  return Array.from({ length: count }, (_, n) => {
    const word = n % (100 / present) === 0 ? `module${n}` : `absent${n}`;
    return signatureWith(`s${n}`, {
      all: [{ regex: `${word} ${rest}` }],
      none: [{ text: `solved by restarting part ${n}` }],
    });
  });
}

function ordinaryReport(): Report {
  const lines = Array.from({ length: 50 }, (_, n) => `the loader said module${n * 20} was late in step ${n}`);
  return readReport({
    title: 'Loader stops',
    body: `It worked until today.\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`,
  });
}

/** Repeats the literals of a hundred patterns on long lines, none of which they match. */
function hostileReport() {
  const rules = Array.from({ length: 100 }, (_, n) =>
    signatureWith(`h${n}`, { all: [{ regex: `word${n} (a|b|[c-x]+ )*.{1,90}z{5}` }] }),
  );
  const words = rules.map((_, n) => `word${n} abc`).join(' ');
  const body = `${words}\n`.repeat(Math.ceil(65_536 / words.length)).slice(0, 65_536);
  return { rules, report: readReport({ title: 'x', body }) };
}

/** What one would write without an index: every pattern, and every phrase, on the whole text. */
function loop(
  list: readonly Signature[],
  make: (source: string) => { test(text: string): boolean },
): Matcher {
  const patterns = list.map(({ match }) => ({
    all: (match.all ?? []).map((rule) => make('regex' in rule ? rule.regex : '')),
    none: (match.none ?? []).map((rule) => make('text' in rule ? rule.text : '')),
  }));
  return ({ title, body }) => {
    const text = `${title}\n${body}`;
    const hit = patterns.filter(
      ({ all, none }) => all.every((one) => one.test(text)) && !none.some((one) => one.test(text)),
    );
    return { hits: [], undecided: [], forbids: () => hit.length > 0 };
  };
}

function run(matcher: Matcher, report: Report): () => void {
  return () => {
    matcher(report);
  };
}

/** The median time of one call in microseconds, after warming up. */
function cost(call: () => void, rounds = 60): number {
  for (let warm = 0; warm < rounds / 3; warm++) call();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return (times.toSorted((a, b) => a - b)[rounds >> 1] ?? 0) * 1000;
}

function micros(value: number, width: number): string {
  return value.toFixed(0).padStart(width);
}
