/** One stemmer alone: the index of natural's stemmers loads those of fifteen languages, which takes longer than a report. */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const PorterStemmer: { stem(word: string): string };
  export default PorterStemmer;
}
