import type { Signature } from '../../src/model/signature.ts';

/** A signature with these rules and nothing else to say. */
export function signatureWith(
  id: string,
  match: Signature['match'],
  more: Partial<Signature> = {},
): Signature {
  return {
    id,
    aliases: [],
    title: id,
    category: 'local-runtime',
    labels: [],
    threads: [],
    fixedIn: null,
    match,
    samples: { matches: [], differs: [] },
    sections: [],
    pack: { name: 'test', repository: 'octo/test', url: null },
    path: `${id}.md`,
    ...more,
  };
}
