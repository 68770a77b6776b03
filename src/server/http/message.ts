/** A request for something to read. Plain data: it may come from another thread. */
export interface HttpRequest {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Asked from this machine, by a local name, with no proxy in between. */
  readonly local: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a request for something to read. Rejects when it cannot: the server then answers 500. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** One line of text, or of another type that is text. */
export function text(status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse {
  return {
    status,
    headers: { 'content-type': type, 'x-content-type-options': 'nosniff' },
    body: `${body}\n`,
  };
}
