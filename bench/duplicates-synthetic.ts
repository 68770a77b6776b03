/** An issue's texts. */
export interface Texts {
  readonly title: string;
  readonly body: string;
}

/** Out of so many words one is replaced by a word of another issue, and one by a word never seen before. */
const borrowedOf = 4;
const freshOf = 60;

/**
 * As many issues as asked for with the statistics of the real ones: each is a real issue in which some words
 * are exchanged for words of others, so that lengths, common words and the growth of the vocabulary stay
 * true.
 */
export function* synthesise(real: readonly Texts[], count: number): Generator<Texts> {
  let state = 7;
  const random = (below: number) => {
    // xorshift32: the same issues every time.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const words = real.flatMap(({ title, body }) => `${title} ${body}`.match(/[A-Za-z_]{3,}/g) ?? []);
  const vary = (text: string) =>
    text.replace(/[A-Za-z_]{3,}/g, (word) => {
      if (random(freshOf) === 0) return `${word}${random(1 << 30).toString(36)}`;
      return random(borrowedOf) === 0 ? (words[random(words.length)] ?? word) : word;
    });
  for (let i = 0; i < count; i++) {
    const source = real[random(real.length)];
    if (source !== undefined) yield { title: vary(source.title), body: vary(source.body) };
  }
}
