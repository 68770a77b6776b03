import type { Region } from '../../model/text.ts';

/** Tells whether a position lies in one of the regions; to be asked in rising order. */
export function insideOf(regions: readonly Region[]): (position: number) => boolean {
  let next = 0;
  return (position) => {
    while (next < regions.length && (regions[next]?.end ?? 0) <= position) next++;
    const region = regions[next];
    return region !== undefined && region.start <= position;
  };
}
