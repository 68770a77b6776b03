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
const longest = 120;
const around = 40;

export function survivorsOf({ files }: Report): Survivor[] {
  return Object.entries(files).flatMap(([file, { mutants, source }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, mutatorName, replacement = mutatorName }) => {
        const [code, broken] = clip(oneLine(cut(source, location)), oneLine(replacement));
        return { file, line: location.start.line, code, broken };
      })
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

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}

/** Where both are long, what differs, with a little of what stands around it. */
function clip(code: string, broken: string): readonly [string, string] {
  if (code.length <= longest && broken.length <= longest) return [code, broken];
  let same = 0;
  while (same < code.length && code[same] === broken[same]) same += 1;
  const from = Math.max(0, same - around);
  const piece = (text: string): string => {
    const to = from + 2 * around;
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };
  return [piece(code), piece(broken)];
}
