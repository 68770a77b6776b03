/** The version of the marker's format. */
const markerVersion = 1;
const pattern = /^<!-- signpost v(\d{1,4}) app=([a-z0-9-]{1,100}) -->\r?\n/;

/** Prepends the hidden line that identifies our comment. `app` is the App's slug. */
export function addMarker(body: string, app: string): string {
  return `<!-- signpost v${markerVersion} app=${app} -->\n${body}`;
}

/** Reads the hidden line; null for none. Anybody can write one, so check the comment's author too. */
export function readMarker(
  text: string,
): { readonly version: number; readonly app: string; readonly body: string } | null {
  const found = pattern.exec(text.slice(0, 200));
  if (found?.[1] === undefined || found[2] === undefined) return null;
  return {
    version: Number(found[1]),
    app: found[2],
    body: text.slice(found[0].length).replaceAll('\r\n', '\n'),
  };
}
