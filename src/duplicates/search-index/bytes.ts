/** Writes numbers one behind another; small whole numbers take one byte. */
export interface ByteWriter {
  bytes: Uint8Array;
  used: number;
}

export function createWriter(): ByteWriter {
  return { bytes: new Uint8Array(1 << 16), used: 0 };
}

/** A whole number from 0 to 2^32 - 1: seven bits a byte, lowest first. */
export function writeVarint(writer: ByteWriter, value: number): void {
  reserve(writer, 5);
  let left = value;
  while (left > 0x7f) {
    writer.bytes[writer.used++] = (left & 0x7f) | 0x80;
    left >>>= 7;
  }
  writer.bytes[writer.used++] = left;
}

export function writeFloat64(writer: ByteWriter, value: number): void {
  reserve(writer, 8);
  new DataView(writer.bytes.buffer).setFloat64(writer.used, value, true);
  writer.used += 8;
}

/** A number of single precision. */
export function writeFloat32(writer: ByteWriter, value: number): void {
  reserve(writer, 4);
  new DataView(writer.bytes.buffer).setFloat32(writer.used, value, true);
  writer.used += 4;
}

export function readFloat32(reader: ByteReader): number {
  const value = reader.view.getFloat32(reader.at, true);
  reader.at += 4;
  return value;
}

/** Whole numbers from -128 to 127. */
export function writeInt8s(writer: ByteWriter, values: Int8Array): void {
  reserve(writer, values.length);
  writer.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), writer.used);
  writer.used += values.length;
}

export function readInt8s(reader: ByteReader, length: number): Int8Array {
  const { buffer, byteOffset, byteLength } = reader.view;
  if (reader.at + length > byteLength) throw new RangeError('a list that ends too soon');
  const values = new Int8Array(buffer, byteOffset + reader.at, length).slice();
  reader.at += length;
  return values;
}

export function writeString(writer: ByteWriter, text: string): void {
  const encoded = new TextEncoder().encode(text);
  writeVarint(writer, encoded.length);
  reserve(writer, encoded.length);
  writer.bytes.set(encoded, writer.used);
  writer.used += encoded.length;
}

export function writtenBytes(writer: ByteWriter): Uint8Array {
  return writer.bytes.slice(0, writer.used);
}

function reserve(writer: ByteWriter, more: number): void {
  if (writer.used + more <= writer.bytes.length) return;
  const wider = new Uint8Array(Math.max(writer.bytes.length * 2, writer.used + more));
  wider.set(writer.bytes);
  writer.bytes = wider;
}

/** Reads what a writer wrote; past the end it throws a RangeError. */
export interface ByteReader {
  readonly view: DataView;
  at: number;
}

export function createReader(bytes: Uint8Array): ByteReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
}

export function readVarint(reader: ByteReader): number {
  let value = 0;
  for (let bits = 0; bits < 35; bits += 7) {
    const byte = reader.view.getUint8(reader.at++);
    value |= (byte & 0x7f) << bits;
    if (byte < 0x80) return value >>> 0;
  }
  throw new RangeError('a number of more than 32 bits');
}

export function readFloat64(reader: ByteReader): number {
  const value = reader.view.getFloat64(reader.at, true);
  reader.at += 8;
  return value;
}

export function readString(reader: ByteReader): string {
  const length = readVarint(reader);
  const { buffer, byteOffset, byteLength } = reader.view;
  if (reader.at + length > byteLength) throw new RangeError('a text that ends too soon');
  const text = new TextDecoder().decode(new Uint8Array(buffer, byteOffset + reader.at, length));
  reader.at += length;
  return text;
}

/** Reads a list of whole numbers that follows its length. */
export function readVarints(reader: ByteReader): Uint32Array {
  const length = readVarint(reader);
  // Each takes a byte at least: a damaged length must not ask for gigabytes.
  if (length > reader.view.byteLength - reader.at) throw new RangeError('a list that ends too soon');
  const values = new Uint32Array(length);
  for (let i = 0; i < length; i++) values[i] = readVarint(reader);
  return values;
}

export function writeVarints(writer: ByteWriter, values: ArrayLike<number>): void {
  writeVarint(writer, values.length);
  for (let i = 0; i < values.length; i++) writeVarint(writer, values[i]!);
}

/** Whole numbers that rise: each as its distance from the one before. */
export function writeRising(writer: ByteWriter, values: Uint32Array): void {
  let before = 0;
  writeVarints(
    writer,
    values.map((value) => {
      const step = value - before;
      before = value;
      return step;
    }),
  );
}

/** @param limit what each of them has to be below; one that is not throws a RangeError */
export function readRising(reader: ByteReader, limit = 2 ** 32): Uint32Array {
  let value = 0;
  return readVarints(reader).map((step) => {
    value += step;
    if (value >= limit) throw new RangeError(`${value} (expected less than ${limit})`);
    return value;
  });
}
