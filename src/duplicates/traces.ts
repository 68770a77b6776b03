import type { Report, StackFrame } from '../model/report.ts';
import { hashText } from './hash.ts';

/** The frames of an issue's stack traces from the innermost out, each by hash. */
export type Trace = Uint32Array;

/** By frame, how many issues have it. */
export type FrameCounts = Map<number, number>;

const longest = 64;
/** Shorter ones (`main`) are everybody's. */
const shortestFrame = 8;
/** What differs between two builds: the hash and version behind a symbol, the number of a closure, escaped signs. */
const ofOneBuild = /::h[\da-f]{12,}.*$|\.\d+$|\$u\{\w+\}|\$\w+\$|\s+/g;

/** The trace of a report. */
export function traceOf({ body, frames }: Report): Trace {
  // Python tells the most recent call last, others first.
  const isPython = frames.some(({ start }) => body.startsWith('File "', start));
  const keys = (isPython ? frames.toReversed() : frames).map(frameKey).filter((key) => key !== null);
  return Uint32Array.from(keys.slice(0, longest));
}

/** A frame whatever the build; null when it says too little. */
export function frameKey({ fn, file }: StackFrame): number | null {
  const key = `${fn.replace(ofOneBuild, '')} ${file}`;
  return key.length < shortestFrame ? null : hashText(key)[1];
}

/** @param by 1 for an issue that comes, -1 for one that leaves */
export function countFrames(counts: FrameCounts, trace: Trace, by: 1 | -1): void {
  for (const frame of new Set(trace)) {
    const count = (counts.get(frame) ?? 0) + by;
    if (count > 0) counts.set(frame, count);
    else counts.delete(frame);
  }
}

/** Farther from where it went wrong, traces tell less. */
const mostFrames = 30;
/** How fast a frame counts for less, by its distance from the innermost, and by how far two equal ones are displaced. */
const decay = { distance: 0.25, displacement: 0.1 };
/** A frame is the runtime's own when it stands in so large a share of the issues that have the commonest of its trace. */
const commonShare = 0.05;
/** In fewer issues nothing is known to be common. */
const fewestCommon = 4;

/** What two traces have in common, 0 to 1. */
export interface TracesCompared {
  /** Equal frames in the same order, those next to the failure most (Dang et al. 2012, ReBucket). */
  readonly alike: number;
  /** Where both failed in the same frame: how much that tells, by how few issues failed there or passed through. */
  readonly sameTop: number;
}

const nothing: TracesCompared = { alike: 0, sameTop: 0 };

/** @param issues how many there are */
export function compareTraces(
  mine: Trace,
  theirs: Trace,
  counts: FrameCounts,
  issues: number,
): TracesCompared {
  if (mine.length === 0 || theirs.length === 0) return nothing;
  const a = coreOf(mine, counts);
  const b = coreOf(theirs, counts);
  const shorter = Math.min(a.length, b.length);
  if (shorter === 0) return nothing;
  let most = 0;
  for (let i = 0; i < shorter; i++) most += Math.exp(-decay.distance * i);
  return {
    alike: alignment(a, b) / most,
    sameTop: a[0] === b[0] ? rarity(counts.get(a[0] ?? 0) ?? 0, issues) : 0,
  };
}

/** 1: nobody has it, 0: everybody. */
function rarity(count: number, issues: number): number {
  const total = Math.log(issues + 1);
  return Math.max(0, Math.min(1, (total - Math.log(count + 0.5)) / Math.max(total, 1)));
}

/** The trace from the first frame on that is not the runtime's way of failing. */
export function coreOf(trace: Trace, counts: FrameCounts): Trace {
  const commonest = trace.reduce((most, frame) => Math.max(most, counts.get(frame) ?? 0), 0);
  const common = Math.max(fewestCommon, commonest * commonShare);
  const first = trace.findIndex((frame) => (counts.get(frame) ?? 0) <= common);
  return first < 0 ? trace.subarray(0, 0) : trace.subarray(first, first + mostFrames);
}

/** The heaviest set of equal frames that stand in the same order in both. */
function alignment(a: Trace, b: Trace): number {
  let above = new Float64Array(b.length + 1);
  a.forEach((frame, i) => {
    const row = new Float64Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      const equal =
        frame === b[j]
          ? Math.exp(-decay.distance * Math.min(i, j) - decay.displacement * Math.abs(i - j))
          : 0;
      row[j + 1] = Math.max((above[j] ?? 0) + equal, above[j + 1] ?? 0, row[j] ?? 0);
    }
    above = row;
  });
  return above[b.length] ?? 0;
}
