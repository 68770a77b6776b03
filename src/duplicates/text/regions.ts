import type { Region } from '../../model/text.ts';

/**
 * Tells whether a position lies in one of the regions, which stand in order. Positions have to be asked for
 * in rising order, each once or more.
 */
export function isWithin(regions: readonly Region[]): (position: number) => boolean {
  let next = 0;
  return (position) => {
    let region = regions[next];
    while (region !== undefined && region.end <= position) region = regions[++next];
    return region !== undefined && region.start <= position;
  };
}
