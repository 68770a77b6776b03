/** An ordinary report that models are trained against: its hashed features, and nothing of its text. */
export interface BackgroundReport {
  /** The number: a model that judges this issue is trained without it. */
  readonly number: number;
  readonly features: Uint32Array;
}

/**
 * Serialises reports one after another: the number, the number of features, and the ascending feature
 * ids as differences, each a variable-length number (LEB128).
 */
export function writeBackground(reports: readonly BackgroundReport[]): Uint8Array {
  const bytes: number[] = [];
  const writeVarint = (value: number) => {
    let rest = value;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  };
  for (const { number, features } of reports) {
    writeVarint(number);
    writeVarint(features.length);
    let previous = 0;
    for (const id of features.toSorted()) {
      writeVarint(id - previous);
      previous = id;
    }
  }
  return Uint8Array.from(bytes);
}

/** Reads what `writeBackground` wrote. Throws a RangeError when the bytes end in the middle of a report. */
export function readBackground(bytes: Uint8Array): BackgroundReport[] {
  let at = 0;
  const readVarint = (): number => {
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
    const number = readVarint();
    const features = new Uint32Array(readVarint());
    let previous = 0;
    for (let index = 0; index < features.length; index++) {
      previous += readVarint();
      features[index] = previous;
    }
    reports.push({ number, features });
  }
  return reports;
}
