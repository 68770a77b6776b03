import type { Benchmark } from '../benchmark.ts';
import { evalDuplicates } from './eval-duplicates.ts';
import { explain } from './explain.ts';
import { load } from './load.ts';
import { query } from './query.ts';
import { start } from './start.ts';

/**
 * All that can be raced, cheap ones first. A new row is a metric of one of these, or a file beside them and a
 * word here.
 */
export const benchmarks: readonly Benchmark[] = [explain, start, query, load, evalDuplicates];
