import { fieldCount } from '../text/analysis.ts';
import { constructCount } from '../text/constructs.ts';
import {
  type ByteReader,
  type ByteWriter,
  createReader,
  createWriter,
  readFloat,
  readSingle,
  readSmalls,
  readText,
  readWhole,
  readWholes,
  writeFloat,
  writeSingle,
  writeSmalls,
  writeText,
  writeWhole,
  writeWholes,
  written,
} from './bytes.ts';
import type { LatentSpace, StoredDocument } from './document.ts';
import { dimensions } from './latent.ts';
import { append, createIndex, type DuplicateIndex } from './store.ts';
import { createTermTable, intern, type TermTable } from './term-table.ts';

/**
 * The layout of a snapshot and the meaning of its terms. Change it whenever the tokens, the hash, the fields, the latent
 * space or the bytes change: a snapshot of another version is refused, and the index is built anew.
 */
export const snapshotVersion = 'duplicates 4';

/** The index as bytes: documents and hashes; lists are built again when it is restored. */
export function snapshot(index: DuplicateIndex): Uint8Array {
  const writer = createWriter();
  writeText(writer, snapshotVersion);
  writeText(writer, JSON.stringify(index.scoring));
  writeLatent(writer, index.latent);
  writeTable(writer, index.table);
  writeWhole(writer, index.slots.size);
  for (const document of index.documents) if (document !== undefined) writeDocument(writer, document);
  return written(writer);
}

/** The index of a snapshot; null when it is of another version or damaged. */
export function restore(bytes: Uint8Array): DuplicateIndex | null {
  try {
    const reader = createReader(bytes);
    if (readText(reader) !== snapshotVersion) return null;
    const scoring = JSON.parse(readText(reader));
    const index = createIndex(readLatent(reader), scoring);
    index.table = readTable(reader);
    const count = readWhole(reader);
    for (let i = 0; i < count; i++) append(index, readDocument(reader, index));
    return reader.at === bytes.length ? index : null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function writeTable(writer: ByteWriter, { highs, lows, size }: TermTable): void {
  writeWhole(writer, size);
  for (let term = 0; term < size; term++) {
    writeWhole(writer, highs[term] ?? 0);
    writeWhole(writer, lows[term] ?? 0);
  }
}

function readTable(reader: ByteReader): TermTable {
  const table = createTermTable();
  const terms = readWhole(reader);
  for (let term = 0; term < terms; term++) intern(table, readWhole(reader), readWhole(reader));
  return table;
}

function writeLatent(writer: ByteWriter, latent: LatentSpace | null): void {
  writeTable(writer, latent?.table ?? createTermTable());
  for (const value of latent?.vectors ?? []) writeSingle(writer, value);
}

function readLatent(reader: ByteReader): LatentSpace | null {
  const table = readTable(reader);
  if (table.size === 0) return null;
  const length = table.size * dimensions;
  if (length * 4 > reader.view.byteLength - reader.at) throw new RangeError('a space that ends too soon');
  const vectors = new Float32Array(length);
  for (let i = 0; i < length; i++) vectors[i] = readSingle(reader);
  return { table, vectors };
}

function writeDocument(writer: ByteWriter, document: StoredDocument): void {
  writeWhole(writer, document.number);
  writeWhole(writer, document.author);
  writeFloat(writer, document.createdAt);
  writeFloat(writer, document.closedAt ?? Number.NaN);
  writeWholes(
    writer,
    document.terms.map((term, i) => term - (document.terms[i - 1] ?? 0)),
  );
  for (const counts of document.counts) writeWhole(writer, counts);
  writeWholes(writer, document.title);
  writeWholes(
    writer,
    document.triples.map((triple, i) => triple - (document.triples[i - 1] ?? 0)),
  );
  writeWholes(writer, document.constructs);
  for (let field = 0; field < fieldCount; field++) {
    writeWhole(writer, document.lengths[field] ?? 0);
    writeFloat(writer, document.values[field] ?? 0);
  }
  if (document.place !== null) {
    writeSmalls(writer, document.place.title);
    writeSmalls(writer, document.place.issue);
  }
}

function readDocument(reader: ByteReader, { table: { size }, latent }: DuplicateIndex): StoredDocument {
  const number = readWhole(reader);
  const author = readWhole(reader);
  const createdAt = readFloat(reader);
  const closed = readFloat(reader);
  const terms = readWholes(reader);
  for (let i = 1; i < terms.length; i++) terms[i] = (terms[i] ?? 0) + (terms[i - 1] ?? 0);
  if ((terms.at(-1) ?? 0) >= Math.max(size, 1)) throw new RangeError('a term that is not in the table');
  const counts = Uint16Array.from(terms, () => readWhole(reader));
  const title = readWholes(reader);
  if (title.some((term) => term >= size)) throw new RangeError('a term that is not in the table');
  const triples = readWholes(reader);
  for (let i = 1; i < triples.length; i++) triples[i] = (triples[i] ?? 0) + (triples[i - 1] ?? 0);
  const constructs = readWholes(reader);
  if ((constructs.at(-1) ?? 0) >= constructCount) throw new RangeError('a construct that nobody knows');
  const lengths = new Uint32Array(fieldCount);
  const values = new Float64Array(fieldCount);
  for (let field = 0; field < fieldCount; field++) {
    lengths[field] = readWhole(reader);
    values[field] = readFloat(reader);
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
    values,
    place: latent && { title: readSmalls(reader, dimensions), issue: readSmalls(reader, dimensions) },
  };
}
