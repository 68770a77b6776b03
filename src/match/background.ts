/**
 * The background of ordinary reports: for each the hashed features it has, nothing of its text. Stored as
 * the number of features and then the growing ids as differences, each a variable-length number.
 */
export interface BackgroundReport {
  /** The number, so that it can be judged by a model that has not seen it. */
  readonly number: number;
  readonly features: Uint32Array;
}

export function writeBackground(reports: readonly BackgroundReport[]): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number) => {
    let rest = value;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  };
  for (const { number, features } of reports) {
    put(number);
    put(features.length);
    let last = 0;
    for (const id of features.toSorted()) {
      put(id - last);
      last = id;
    }
  }
  return Uint8Array.from(bytes);
}

/** Reads what `writeBackground` wrote. Throws a RangeError when the bytes end in the middle of a report. */
export function readBackground(bytes: Uint8Array): BackgroundReport[] {
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let bits = 0; ; bits += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the background is cut off');
      value |= (byte & 127) << bits;
      if (byte < 128) return value;
    }
  };
  const reports: BackgroundReport[] = [];
  while (at < bytes.length) {
    const number = take();
    const features = new Uint32Array(take());
    let last = 0;
    for (let index = 0; index < features.length; index++) {
      last += take();
      features[index] = last;
    }
    reports.push({ number, features });
  }
  return reports;
}
