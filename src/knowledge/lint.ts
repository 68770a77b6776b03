import type { Problem } from '../model/problem.ts';
import type { Rule, Signature } from '../model/signature.ts';
import type { PackReading, SampleTest } from './pack.ts';
import type { PageReading } from './page.ts';

/** Rules that hit a larger share of the other pages' samples are not specific. */
const maxForeignShare = 0.3;
/** Two pages overlap when one hits this many samples of the other. */
const minOverlap = 3;

/**
 * Finds the problems of a pack, those of reading included, in order of position. Beyond what keeps a page
 * from loading: unknown labels, threads named twice, rules that can never hit or hit nearly everything, and
 * pages that hit one another's samples.
 * @param labels the repository's labels; null where they are unknown
 */
export function lint(
  { pages, problems }: PackReading,
  test: SampleTest,
  labels: ReadonlySet<string> | null,
): readonly Problem[] {
  const soundPages = pages.filter((page): page is SoundPage => page.signature !== null);
  const hits = new Map(soundPages.map((page) => [page, test(page.signature)]));
  return [
    ...problems,
    ...soundPages.flatMap((page) => [
      ...labelProblems(page, labels),
      ...threadProblems(page, soundPages),
      ...contradictions(page),
      ...reachProblems(page, soundPages, hits.get(page) ?? (() => false)),
    ]),
  ].toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}

type SoundPage = PageReading & { readonly signature: Signature };

function labelProblems({ signature, problemAt }: SoundPage, labels: ReadonlySet<string> | null): Problem[] {
  if (labels === null) return [];
  return signature.labels.flatMap((label, index) => {
    if (labels.has(label)) return [];
    const close = [...labels].find((known) => known.toLowerCase() === label.toLowerCase());
    const expected = close ?? 'a label that the repository has';
    return [problemAt(['labels', index], `the label ${label} is unknown`, expected, 'warning')];
  });
}

function threadProblems({ signature, problemAt }: SoundPage, pages: readonly SoundPage[]): Problem[] {
  return signature.threads.flatMap((thread, index, all) => {
    if (all.indexOf(thread) < index) {
      return [problemAt(['threads', index], `the thread ${thread} is named twice`, 'each once', 'warning')];
    }
    const other = pages.find(
      (page) => page.signature.id < signature.id && page.signature.threads.includes(thread),
    );
    if (other === undefined) return [];
    const message = `the thread ${thread} is also one of ${other.signature.id}`;
    return [problemAt(['threads', index], message, 'the page whose failure it is', 'warning')];
  });
}

/** Finds a `none` whose text is part of a text that `all` demands: the page can never hit. */
function contradictions({ signature, problemAt }: SoundPage): Problem[] {
  const { all = [], none = [] } = signature.match;
  const demanded = all.flatMap(demandedTexts);
  return none.flatMap((rule, index) => {
    if (!('text' in rule) || rule.in !== undefined) return [];
    const forbidden = paddedWords(rule.text);
    const clash = demanded.find((text) => paddedWords(text).includes(forbidden));
    if (clash === undefined) return [];
    const message = `the rules can never hit: none forbids "${rule.text}", and all demands "${clash}"`;
    return [problemAt(['match', 'none', index], message, 'one of the two')];
  });
}

function demandedTexts(rule: Rule): string[] {
  if ('text' in rule) return [rule.text];
  if ('all' in rule) return rule.all.flatMap(demandedTexts);
  return 'any' in rule && rule.any.length === 1 ? rule.any.flatMap(demandedTexts) : [];
}

/**
 * The words of a text with a space at each end, so that one phrase is found in another only at word
 * boundaries.
 */
function paddedWords(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;
}

/** Finds rules that hit samples of other pages. */
function reachProblems(
  page: SoundPage,
  pages: readonly SoundPage[],
  hits: (sample: string) => boolean,
): Problem[] {
  const others = pages.filter((other) => other !== page);
  const foreignHits = others.map((other) => ({
    id: other.signature.id,
    samples: other.signature.samples.matches.length,
    hit: other.signature.samples.matches.filter(({ text }) => hits(text)).length,
  }));
  const samples = foreignHits.reduce((sum, one) => sum + one.samples, 0);
  const hit = foreignHits.reduce((sum, one) => sum + one.hit, 0);
  if (hit > minOverlap && hit >= samples * maxForeignShare) {
    const message = `the rules hit ${hit} of ${samples} samples of other pages: nearly everything`;
    return [page.problemAt(['match'], message, 'rules that need a text of this failure')];
  }
  return foreignHits
    .filter((one) => one.hit >= Math.min(minOverlap, one.samples))
    .map(({ id, hit, samples }) => {
      const message = `the rules hit ${hit} of ${samples} samples of ${id}: the two pages overlap`;
      return page.problemAt(['match'], message, 'one page, or a none that tells them apart', 'warning');
    });
}
