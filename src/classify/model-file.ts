import { z } from 'zod';
import { type Group, groups } from './feature-types.ts';
import type { LabelModel } from './train.ts';

/** Changes whenever the byte format or the meaning of features does. */
export const labelModelVersion = 'labels-1';

const headSchema = z.object({
  version: z.literal(labelModelVersion),
  names: z.array(z.string()),
  groups: z.array(z.enum(groups)),
  weights: z.array(z.number()),
  labels: z.array(
    z.object({
      name: z.string(),
      bias: z.number(),
      topics: z.array(z.string()),
      mention: z.number(),
      bar: z.number(),
      support: z.number(),
    }),
  ),
  rules: z.array(z.object({ fact: z.string(), label: z.string(), precision: z.number() })),
});

/** Serialises a model: the length of a JSON head, the head, and the labels' weights as 32-bit floats. */
export function encodeModel({ vocabulary, labels, rules }: LabelModel): Uint8Array {
  const { names, groups, weights } = vocabulary;
  const head = new TextEncoder().encode(
    JSON.stringify({
      version: labelModelVersion,
      names,
      groups,
      weights: [...weights],
      // Stored models call the threshold `bar`.
      labels: labels.map(({ weights: _, threshold, ...label }) => ({ ...label, bar: threshold })),
      rules,
    }),
  );
  const bytes = new Uint8Array(4 + head.length + 4 * names.length * labels.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head.length, true);
  bytes.set(head, 4);
  labels.forEach((label, k) => {
    const from = 4 + head.length + 4 * names.length * k;
    label.weights.forEach((weight, id) => {
      view.setFloat32(from + 4 * id, weight, true);
    });
  });
  return bytes;
}

/** Reads what `encodeModel` wrote; null for another version, and for bytes that are no model. */
export function decodeModel(bytes: Uint8Array): LabelModel | null {
  if (bytes.length < 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + view.getUint32(0, true);
  if (end > bytes.length) return null;
  const head = readHead(bytes.subarray(4, end));
  if (head === null) return null;
  const size = head.names.length;
  const complete =
    head.groups.length === size &&
    head.weights.length === size &&
    bytes.length === end + 4 * size * head.labels.length;
  if (!complete) return null;
  return {
    vocabulary: {
      ids: new Map(head.names.map((name, id) => [name, id])),
      names: head.names,
      groups: head.groups satisfies readonly Group[],
      weights: Float64Array.from(head.weights),
    },
    rules: head.rules,
    labels: head.labels.map(({ bar: threshold, ...label }, k) => ({
      ...label,
      threshold,
      weights: Float32Array.from({ length: size }, (_, id) =>
        view.getFloat32(end + 4 * (size * k + id), true),
      ),
    })),
  };
}

function readHead(bytes: Uint8Array): z.infer<typeof headSchema> | null {
  try {
    return headSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}
