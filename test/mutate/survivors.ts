/** What is read of a mutation report (mutation-testing-report-schema 2). */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both count from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A survivor that does no harm, known by what is broken rather than by its line: code moves. */
export interface Accepted {
  readonly file: string;
  /** The code as it is, and as it was broken. */
  readonly code: string;
  readonly broken: string;
  readonly why: string;
}

/** One that no test noticed. */
export interface Survivor extends Omit<Accepted, 'why'> {
  readonly line: number;
}

/** In a list of places to go to, longer pieces of code say no more. */
const longest = 160;

export function survivorsOf({ files }: Report): Survivor[] {
  return Object.entries(files).flatMap(([file, { mutants, source }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, mutatorName, replacement = mutatorName }) => ({
        file,
        line: location.start.line,
        code: clip(cut(source, location)),
        broken: clip(replacement),
      }))
      .sort((a, b) => a.line - b.line),
  );
}

/** The table of a run, and how many survivors nobody has explained. */
export function judge(
  report: Report,
  accepted: readonly Accepted[],
): { readonly lines: readonly string[]; readonly unexplained: number } {
  const survivors = survivorsOf(report);
  const reasonOf = (one: Survivor): Accepted | undefined =>
    accepted.find(
      ({ broken, code, file }) => file === one.file && code === one.code && broken === one.broken,
    );
  const unexplained = survivors.filter((one) => reasonOf(one) === undefined);
  const stale = accepted.filter(
    (one) => one.file in report.files && !survivors.some((two) => reasonOf(two) === one),
  );
  const rooms = Map.groupBy(Object.entries(report.files), ([file]) => file.split('/')[1] ?? '');
  const rows = [...rooms].map(([room, files]) => {
    const all = files.flatMap(([, { mutants }]) => mutants);
    const left = survivors.filter(({ file }) => file.startsWith(`src/${room}/`));
    const known = left.filter((one) => reasonOf(one) !== undefined).length;
    return [room, all.length, all.length - left.length, known, left.length - known].map((cell, at) =>
      at === 0 ? String(cell).padEnd(8) : String(cell).padStart(12),
    );
  });
  const heads = [
    'room'.padEnd(8),
    ...['tried', 'noticed', 'accepted', 'survived'].map((head) => head.padStart(12)),
  ];
  return {
    unexplained: unexplained.length,
    lines: [
      ...[heads, ...rows].map((cells) => cells.join('')),
      ...unexplained.map(
        ({ broken, code, file, line }) =>
          `${file}:${line}: ${code} → ${broken} (expected a test that notices)`,
      ),
      ...stale.map(({ code, file }) => `accepted.json: ${file}: ${code} does not survive any more`),
    ],
  };
}

function cut(source: string, { end, start }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join('\n');
}

/** On one line, and no longer than can be read. */
function clip(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
