/** Reads a sample as an issue: the first of several lines is the title; a single line is the body. */
export function sampleIssue(text: string): { readonly title: string; readonly body: string } {
  const end = text.indexOf('\n');
  return end < 0
    ? { title: '', body: text }
    : { title: text.slice(0, end).trimEnd(), body: text.slice(end + 1) };
}
