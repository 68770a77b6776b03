import { fieldCount, fieldCountsSize } from '../text/analysis.ts';
import { constructCount } from '../text/constructs.ts';
import {
  type ByteReader,
  type ByteWriter,
  createReader,
  createWriter,
  readFloat32,
  readFloat64,
  readInt8s,
  readRising,
  readString,
  readVarint,
  readVarints,
  writeFloat32,
  writeFloat64,
  writeInt8s,
  writeRising,
  writeString,
  writeVarint,
  writeVarints,
  writtenBytes,
} from './bytes.ts';
import type { IndexedDocument, LatentSpace } from './document.ts';
import { dimensions } from './embedding.ts';
import { append, createIndex, type DuplicateIndex } from './inverted-index.ts';
import { createPostings } from './postings.ts';
import type { ScoringOptions } from './scoring.ts';
import { createTermTable, intern, type TermTable } from './term-table.ts';

/**
 * The layout of a snapshot and the meaning of its terms. Change it with the tokens, the hash, the fields, the
 * latent space or the bytes: a snapshot of another version is refused, and the index is built anew.
 */
export const snapshotVersion = 'duplicates 4';

/** The index as bytes: documents and hashes. Posting lists are built again when it is restored. */
export function snapshot(index: DuplicateIndex): Uint8Array {
  const writer = createWriter();
  writeString(writer, snapshotVersion);
  writeString(writer, JSON.stringify(index.scoring));
  writeLatent(writer, index.latent);
  writeTable(writer, index.table);
  writeVarint(writer, index.slots.size);
  for (const document of index.documents) if (document !== undefined) writeDocument(writer, document);
  return writtenBytes(writer);
}

/** The index of a snapshot; null when it is of another version or damaged. */
export function restore(bytes: Uint8Array): DuplicateIndex | null {
  try {
    const reader = createReader(bytes);
    if (readString(reader) !== snapshotVersion) return null;
    const scoring = JSON.parse(readString(reader));
    if (!isScoring(scoring)) return null;
    const index = createIndex(readLatent(reader), scoring);
    index.table = readTable(reader);
    index.postings = createPostings(index.table.size);
    const count = readVarint(reader);
    for (let i = 0; i < count; i++) append(index, readDocument(reader, index));
    return reader.at === bytes.length ? index : null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function isScoring(stored: Partial<ScoringOptions> | null): stored is ScoringOptions {
  const isByField = (list?: readonly number[]) => Array.isArray(list) && list.length === fieldCount;
  return isByField(stored?.weights) && isByField(stored?.norms) && typeof stored?.saturation === 'number';
}

function writeTable(writer: ByteWriter, { highs, lows, size }: TermTable): void {
  writeVarint(writer, size);
  for (let term = 0; term < size; term++) {
    writeVarint(writer, highs[term]!);
    writeVarint(writer, lows[term]!);
  }
}

function readTable(reader: ByteReader): TermTable {
  const table = createTermTable();
  const terms = readVarint(reader);
  for (let term = 0; term < terms; term++) intern(table, readVarint(reader), readVarint(reader));
  return table;
}

function writeLatent(writer: ByteWriter, latent: LatentSpace | null): void {
  writeTable(writer, latent?.table ?? createTermTable());
  for (const value of latent?.vectors ?? []) writeFloat32(writer, value);
}

function readLatent(reader: ByteReader): LatentSpace | null {
  const table = readTable(reader);
  if (table.size === 0) return null;
  const length = table.size * dimensions;
  if (length * 4 > reader.view.byteLength - reader.at) throw new RangeError('a space that ends too soon');
  const vectors = new Float32Array(length);
  for (let i = 0; i < length; i++) vectors[i] = readFloat32(reader);
  return { table, vectors };
}

function writeDocument(writer: ByteWriter, document: IndexedDocument): void {
  writeVarint(writer, document.number);
  writeVarint(writer, document.author);
  writeFloat64(writer, document.createdAt);
  writeFloat64(writer, document.closedAt ?? Number.NaN);
  writeRising(writer, document.terms);
  for (const counts of document.counts) writeVarint(writer, counts);
  writeVarints(writer, document.title);
  writeRising(writer, document.triples);
  writeVarints(writer, document.constructs);
  for (let field = 0; field < fieldCount; field++) {
    writeVarint(writer, document.lengths[field]!);
    writeFloat64(writer, document.fieldWeights[field]!);
  }
  if (document.embedding !== null) {
    writeInt8s(writer, document.embedding.title);
    writeInt8s(writer, document.embedding.issue);
  }
}

function readDocument(reader: ByteReader, { table: { size }, latent }: DuplicateIndex): IndexedDocument {
  const number = readVarint(reader);
  const author = readVarint(reader);
  const createdAt = readFloat64(reader);
  const closed = readFloat64(reader);
  const terms = readRising(reader, size);
  const counts = Uint16Array.from(terms, () => readBelow(reader, fieldCountsSize));
  const title = readVarints(reader);
  if (title.some((term) => term >= size)) throw new RangeError('a term that is not in the table');
  const triples = readRising(reader);
  const constructs = readVarints(reader);
  if (constructs.some((construct) => construct >= constructCount))
    throw new RangeError('a construct that nobody knows');
  const lengths = new Uint32Array(fieldCount);
  const fieldWeights = new Float64Array(fieldCount);
  for (let field = 0; field < fieldCount; field++) {
    lengths[field] = readVarint(reader);
    fieldWeights[field] = readFloat64(reader);
  }
  return {
    number,
    author,
    createdAt,
    closedAt: Number.isNaN(closed) ? null : closed,
    terms,
    counts,
    title,
    triples,
    constructs,
    lengths,
    fieldWeights,
    embedding: latent && { title: readInt8s(reader, dimensions), issue: readInt8s(reader, dimensions) },
  };
}

function readBelow(reader: ByteReader, limit: number): number {
  const value = readVarint(reader);
  if (value >= limit) throw new RangeError(`${value} (expected less than ${limit})`);
  return value;
}
