import { type Logger as PinoLogger, pino } from 'pino';

/**
 * Structured logs on stderr. Identifiers only: an error is logged by its name, message and stack, never with
 * the request that it carries, whose headers hold a token and whose body holds somebody's text.
 */
export function createLog(level: string): PinoLogger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['headers', 'body', 'token', 'authorization', 'secret'].flatMap((name) => [name, `*.${name}`]),
        censor: '[not logged]',
      },
      serializers: { err: plain, error: plain },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

function plain(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 500) };
  return {
    name: error.name,
    message: error.message.slice(0, 500),
    stack: error.stack
      ?.split('\n')
      .slice(1, 8)
      .map((line) => line.trim()),
  };
}
