import type { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import type { Pack, Sample, Signature } from '../model/signature.ts';
import { readYaml } from '../schema/index.ts';
import { ruleFaults } from './rules.ts';
import { frontMatter, requiredSections } from './schema.ts';
import { problemAt, readText } from './source.ts';

/** A page and its problems. */
export interface PageReading {
  readonly file: string;
  /** Null when a problem of severity `error` was found. */
  readonly signature: Signature | null;
  readonly problems: readonly Problem[];
  /** Makes a problem at a path of the front matter: `['samples', 'matches', 2]`. */
  readonly problemAt: (
    path: readonly PropertyKey[],
    message: string,
    expected: string,
    severity?: Problem['severity'],
  ) => Problem;
}

/** Reads one page. Never throws: all that is wrong with the file is in `problems`, with its position. */
export function readPage(file: string, bytes: Uint8Array | string, pack: Pack): PageReading {
  const broken = (problem: Problem): PageReading => ({
    file,
    signature: null,
    problems: [problem],
    problemAt: (_path, message, expected, severity = 'error') => ({
      ...problem,
      message,
      expected,
      severity,
    }),
  });
  const read = readText(file, bytes);
  if ('problem' in read) return broken(read.problem);
  const page = splitPage(file, read.text);
  if ('problem' in page) return broken(page.problem);

  const { value, problems: found, at } = readYaml({ file, text: page.yaml, lineOffset: 1 }, frontMatter);
  const problemIn: PageReading['problemAt'] = (path, message, expected, severity = 'error') => ({
    file,
    ...at(path),
    message,
    expected,
    severity,
  });
  const faults = value === null ? [] : ruleFaults(value.match);
  const problems = [
    ...found,
    ...faults.map(({ path, message, expected }) => problemIn(path, message, expected)),
    ...sectionProblems(file, read.text, page),
  ];
  if (value !== null && !file.endsWith(`${value.id}.md`)) {
    problems.push(problemIn(['id'], `the id is ${value.id}`, 'the name of the file without .md', 'warning'));
  }
  const sound = problems.every(({ severity }) => severity !== 'error');
  const signature = value === null || !sound ? null : toSignature(value, page.sections, pack, file);
  return { file, signature, problems, problemAt: problemIn };
}

interface Section {
  readonly heading: string;
  readonly markdown: string;
  /** Offset of the heading's line. */
  readonly start: number;
}

interface SplitPage {
  readonly yaml: string;
  /** Offset of the text after the front matter. */
  readonly bodyStart: number;
  readonly sections: readonly Section[];
}

/** Cuts a page into its front matter and the sections under its `##` headings. */
function splitPage(file: string, text: string): SplitPage | { problem: Problem } {
  const opening = /^\ufeff?---[ \t]*\r?\n/.exec(text);
  if (opening === null) {
    const expected = 'a first line of --- and the rules below it';
    return { problem: problemAt(file, text, 0, 'the page has no front matter', expected) };
  }
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*\r?$/m.exec(rest);
  if (closing === null) {
    return { problem: problemAt(file, text, 0, 'the front matter does not end', 'a line of --- below it') };
  }
  const bodyStart = opening[0].length + closing.index + closing[0].length;
  return { yaml: rest.slice(0, closing.index), bodyStart, sections: splitSections(text, bodyStart) };
}

function splitSections(text: string, bodyStart: number): Section[] {
  const headings: { heading: string; start: number; end: number }[] = [];
  let fence = '';
  let start = bodyStart;
  for (const line of text.slice(bodyStart).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') {
      fence = mark;
      const heading = /^ {0,3}##[ \t]+(.*?)[ \t#]*$/.exec(line.trimEnd())?.[1];
      if (heading !== undefined) headings.push({ heading, start, end: start + line.length });
    } else if (mark.startsWith(fence)) fence = '';
    start += line.length + 1;
  }
  return headings.map(({ heading, start, end }, index) => ({
    heading,
    start,
    markdown: text.slice(end, headings[index + 1]?.start ?? text.length).trim(),
  }));
}

function sectionProblems(file: string, text: string, { sections, bodyStart }: SplitPage): Problem[] {
  return requiredSections.flatMap((heading) => {
    const section = sections.find((one) => one.heading.toLowerCase() === heading.toLowerCase());
    if (section === undefined) {
      const message = `the section "${heading}" is missing`;
      return [problemAt(file, text, bodyStart, message, `a heading ## ${heading}`)];
    }
    if (section.markdown !== '') return [];
    const expected = 'text that helps someone who is stuck';
    return [problemAt(file, text, section.start, `the section "${heading}" is empty`, expected)];
  });
}

function toSignature(
  value: z.output<typeof frontMatter>,
  sections: readonly Section[],
  pack: Pack,
  path: string,
): Signature {
  const { 'fixed-in': fixedIn, samples, ...rest } = value;
  return {
    ...rest,
    fixedIn,
    samples: { matches: samples.matches.map(toSample), differs: samples.differs.map(toSample) },
    sections: sections.map(({ heading, markdown }) => ({ heading, markdown })),
    pack,
    path,
  };
}

function toSample(sample: string | Sample): Sample {
  return typeof sample === 'string' ? { text: sample } : sample;
}
