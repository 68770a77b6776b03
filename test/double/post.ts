import { type Agent, type IncomingMessage, request as send } from 'node:http';
import type { Attempt } from './webhooks.ts';

/** Sends one attempt and writes down what came of it; never rejects, never tries again. */
export function post(agent: Agent, url: string, attempt: Attempt, patience: number): Promise<void> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (status: string, statusCode: number): void => {
      attempt.status = status;
      attempt.statusCode = statusCode;
      attempt.duration = Math.round(performance.now() - started) / 1_000;
      resolve();
    };
    const body = Buffer.from(attempt.payload());
    const headers = { ...attempt.headers, 'content-length': body.length };
    const outgoing = send(url, { method: 'POST', agent, headers }, (answer: IncomingMessage) => {
      answer.resume();
      const code = answer.statusCode ?? 0;
      answer.on('end', () => end(code >= 200 && code < 300 ? 'OK' : `Invalid HTTP Response: ${code}`, code));
      answer.on('error', () => end('failed to connect to host', 502));
    });
    outgoing.setTimeout(patience, () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', ({ message }) =>
      message === 'timed out' ? end('timed out', 504) : end('failed to connect to host', 502),
    );
    outgoing.end(body);
  });
}
